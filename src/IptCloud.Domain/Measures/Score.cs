using System.Collections.Immutable;

namespace IptCloud.Domain.Measures;

/// <summary>What the answers given so far amount to.</summary>
/// <param name="Total">The sum; null while any scored item is missing or declined: an incomplete form has no total, no band and no outcome (domain.md §4.6).</param>
/// <param name="Band">The severity band's name; null when there is no total.</param>
/// <param name="Answered">Scored items with a value.</param>
/// <param name="Items">Scored items in all.</param>
[GenerateSerializer, Immutable, Alias("ipt.measures.score")]
public sealed record Score(int? Total, string? Band, int Answered, int Items)
{
    /// <summary>True if every scored item has a value.</summary>
    public bool IsComplete => Total is not null;

    /// <summary>Scores the answers of an instrument.</summary>
    /// <param name="answers">Item number → value; null = asked and declined, which is not the same as missing.</param>
    public static Score Of(Instrument instrument, ImmutableSortedDictionary<int, int?> answers)
    {
        var values = instrument.Items.Select(i => answers.GetValueOrDefault(i.Number)).OfType<int>().ToList();
        if (values.Count < instrument.Items.Length) return new(null, null, values.Count, instrument.Items.Length);
        var total = values.Sum();
        return new(total, instrument.BandOf(total).Name, values.Count, instrument.Items.Length);
    }
}
