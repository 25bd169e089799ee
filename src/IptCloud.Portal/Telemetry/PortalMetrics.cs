using System.Diagnostics.Metrics;

namespace IptCloud.Portal.Telemetry;

/// <summary>What the portal tells of people who sign in: how it ended. Never who.</summary>
internal static class PortalMetrics
{
    private static readonly Meter Meter = new("IptCloud.Portal");
    private static readonly Counter<long> SignIns = Meter.CreateCounter<long>("iptcloud.signins", "{attempt}", "Attempts to sign in, by how they ended.");

    /// <param name="failure">A code of the audit's sign-in records; null: signed in.</param>
    public static void SignedIn(string? failure) => SignIns.Add(1, new KeyValuePair<string, object?>("outcome", failure ?? "done"));
}
