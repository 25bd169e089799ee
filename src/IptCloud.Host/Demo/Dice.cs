using System.Collections.Immutable;

namespace IptCloud.Host.Demo;

/// <summary>
/// Chance without memory: the same seed and the same question always give the same answer, so that a story can be told
/// again from any point, after a restart as well, and in any order.
/// </summary>
internal readonly record struct Dice(ulong Seed)
{
    public static Dice Of(Guid id)
    {
        var bytes = id.ToByteArray();
        return new(BitConverter.ToUInt64(bytes, 0) ^ BitConverter.ToUInt64(bytes, 8));
    }

    /// <summary>A number from 0 up to, not including, 1.</summary>
    public double Roll(string question)
    {
        unchecked
        {
            var hash = 14695981039346656037UL ^ Seed; // FNV-1a, then the finaliser of SplitMix64
            foreach (var ch in question) hash = (hash ^ ch) * 1099511628211UL;
            hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
            hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
            return ((hash ^ (hash >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }

    public bool Happens(double probability, string question) => Roll(question) < probability;

    /// <summary>A whole number, both ends included.</summary>
    public int Between(int least, int most, string question) => least + (int)(Roll(question) * (most - least + 1));

    public T Pick<T>(ImmutableArray<T> items, string question) => items[Between(0, items.Length - 1, question)];

    public TimeSpan Minutes(int least, int most, string question) => TimeSpan.FromSeconds(Between(least * 60, most * 60, question));
}
