namespace IptCloud.Contracts.Time;

/// <summary>
/// The clinic clock serves domain, grains, due work and pages; the system clock stays with Orleans, Identity, Hangfire,
/// links and rate limits. Both are a <see cref="TimeProvider"/>; the clinic clock is registered under this key.
/// </summary>
public static class ClinicClock
{
    /// <summary>The key under which the clinic clock is registered.</summary>
    public const string Key = "clinic";
}
