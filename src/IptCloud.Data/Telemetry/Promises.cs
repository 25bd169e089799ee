using System.Collections.Immutable;

namespace IptCloud.Data.Telemetry;

/// <summary>What clinicians rely on without looking, as it stands at one instant: counts and ages over all networks, none named.</summary>
/// <param name="DueWorkLag">For how long the longest waiting deadline has been waiting for a sweep.</param>
/// <param name="OutboxLag">Likewise the longest waiting message that may leave.</param>
/// <param name="Messages">Messages that wait or are being sent, and those that failed or were left in doubt within the last day, by state.</param>
/// <param name="Unacknowledged">Open alerts that nobody has acknowledged, by age.</param>
/// <param name="OldestAlert">Age of the oldest of them.</param>
/// <param name="WebhookAge">Age of the oldest event of the payment service that was not acted on yet.</param>
/// <param name="SeatOrderAge">Age of the oldest number of seats that the payment service was not told yet.</param>
public sealed record Promises(
    TimeSpan DueWorkLag, TimeSpan OutboxLag, ImmutableDictionary<string, int> Messages,
    ImmutableDictionary<string, int> Unacknowledged, TimeSpan OldestAlert, TimeSpan WebhookAge, TimeSpan SeatOrderAge)
{
    /// <summary>The ages that alerts are counted by, the youngest first: up to which age, and its name.</summary>
    public static ImmutableArray<(TimeSpan UpTo, string Name)> AlertAges { get; } =
        [(TimeSpan.FromMinutes(15), "under 15 min"), (TimeSpan.FromHours(1), "under 1 h"), (TimeSpan.FromHours(4), "under 4 h"), (TimeSpan.MaxValue, "over 4 h")];
}
