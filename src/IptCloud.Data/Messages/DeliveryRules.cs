using System.Text.Json;
using IptCloud.Domain.Messages;
using IptCloud.Domain.Networks;
using IptCloud.Domain.Time;

namespace IptCloud.Data.Messages;

/// <summary>What may have changed between queuing a message and its leaving.</summary>
internal static class DeliveryRules
{
    /// <summary>Why a message is too late to be of use; null if it is not.</summary>
    public static string? Overdue(OutboxRow row, string zone, DateTimeOffset now) =>
        row.ClosesAt <= now ? "its time has passed"
        : row.SessionLocal is { } local && LocalTime.ToInstant(local, zone) <= now ? "the session's time has come"
        : null;

    /// <summary>The end of the quiet hours that it is now in; null outside them. A message put off by an outage does not ring at night.</summary>
    public static DateTimeOffset? QuietUntil(string policy, string zone, DateTimeOffset now)
    {
        var rules = string.IsNullOrEmpty(policy) ? NetworkPolicy.Default : JsonSerializer.Deserialize<NetworkPolicy>(policy)!;
        var quiet = new QuietHours(rules.QuietFrom, rules.QuietUntil);
        return quiet.Covers(now, zone) ? quiet.NextAllowed(now, zone) : null;
    }

    /// <summary>True if there is something to do behind a link: a reminder alone has nothing to open.</summary>
    public static bool HasTask(IEnumerable<string> purposes) => purposes.Any(p => Purposes.KindOf(p) is { } kind && kind != DueKind.SessionReminder);
}
