using System.Collections.Concurrent;

namespace IptCloud.Portal.Access;

/// <summary>
/// Limits attempts to sign in per account and address, on the system clock. An attempt counts when it begins, so that many
/// at once gain nothing; a success takes the count back. The lockout counts per account, from wherever. An address
/// from which very much goes wrong, for whatever accounts, is crowded: there only people who are known from it go on.
/// </summary>
internal sealed class SignInLimiter(TimeProvider clock)
{
    /// <summary>Attempts within one <see cref="Window"/>.</summary>
    public const int Most = 10;

    /// <summary>How long attempts are counted together.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Attempts of all accounts together from one address within one <see cref="Window"/>, successes not counted.</summary>
    public const int MostOfAddress = 60;

    private const string Everybody = "*";

    // Far more than people sign in at once; beyond it, forgotten windows are swept out.
    private const int Swept = 10_000;

    private readonly ConcurrentDictionary<(string Account, string Address), (DateTimeOffset Until, int Count)> windows = new();

    /// <summary>Null if the attempt may go on; otherwise how long to wait.</summary>
    public TimeSpan? Begin(string account, string address)
    {
        var now = clock.GetUtcNow();
        if (windows.Count > Swept)
            foreach (var (old, seen) in windows)
                if (seen.Until <= now) windows.TryRemove(new(old, seen));
        Count(Everybody, address, now);
        var (until, count) = Count(account, address, now);
        return count > Most ? until - now : null;
    }

    /// <summary>How long to wait if too much goes wrong at an address; null if not.</summary>
    public TimeSpan? Crowded(string address) =>
        windows.TryGetValue((Everybody, address), out var w) && w.Count > MostOfAddress && w.Until - clock.GetUtcNow() is var left && left > TimeSpan.Zero ? left : null;

    private (DateTimeOffset Until, int Count) Count(string account, string address, DateTimeOffset now) =>
        windows.AddOrUpdate((account, address), (now + Window, 1), (_, w) => w.Until <= now ? (now + Window, 1) : (w.Until, w.Count + 1));

    /// <summary>The password was right.</summary>
    public void Succeed(string account, string address)
    {
        windows.TryRemove((account, address), out _);
        if (windows.TryGetValue((Everybody, address), out var seen)) windows.TryUpdate((Everybody, address), (seen.Until, seen.Count - 1), seen);
    }
}
