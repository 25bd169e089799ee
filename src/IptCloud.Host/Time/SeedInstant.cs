namespace IptCloud.Host.Time;

/// <summary>
/// The instant at which a call of a seeded history takes place. It travels with the call, so that many histories can be
/// told side by side, each at its own pace. It is looked at only while the clinic clock is held.
/// </summary>
internal static class SeedInstant
{
    private const string Key = "ipt.demo.instant";

    /// <summary>The instant of this flow; null outside a seeding.</summary>
    public static DateTimeOffset? Current => RequestContext.Get(Key) is long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Sets the instant for the calls that follow in this flow.</summary>
    public static void Set(DateTimeOffset at) => RequestContext.Set(Key, at.UtcTicks);
}
