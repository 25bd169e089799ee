using IptCloud.Data.Messages;
using IptCloud.Data.Telemetry;
using IptCloud.Portal.Courses;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Ops;

/// <summary>One promise as operators see it. The limits are those of the alert rules in <c>infra/prometheus</c>.</summary>
/// <param name="Value">The measured value, in seconds or as a count.</param>
/// <param name="Limit">From here on it is broken.</param>
/// <param name="Shown">The value in words.</param>
/// <param name="Means">What is measured.</param>
/// <param name="Promise">What was promised.</param>
internal sealed record OpsPromise(string Id, string Title, double Value, double Limit, string Shown, string Means, string Promise)
{
    public Tone Tone => Value >= Limit ? Tone.Alert : Value >= Limit / 2 ? Tone.Watch : Tone.Good;

    public string Verdict => Tone switch { Tone.Alert => "Broken", Tone.Watch => "Close to it", _ => "Kept" };

    public static IReadOnlyList<OpsPromise> Of(Promises p)
    {
        var (unseen, doubtful) = (p.Unacknowledged.Values.Sum(), p.Messages.GetValueOrDefault(OutboxStates.MaybeSent) + p.Messages.GetValueOrDefault(OutboxStates.Failed));
        return
        [
            Lasting("due", "Deadlines are acted on", p.DueWorkLag, TimeSpan.FromMinutes(2), "the longest wait of a deadline", "A prompt, a reminder or a missed session is acted on within two minutes of being due."),
            Lasting("alerts", "Risk alerts are seen", p.OldestAlert, TimeSpan.FromHours(1), unseen == 0 ? "no alert waits for somebody" : $"the oldest of {unseen} that nobody has acknowledged", "A clinician acknowledges an alert within an hour."),
            Lasting("outbox", "Messages leave", p.OutboxLag, TimeSpan.FromMinutes(5), Waiting(p), "A message leaves within five minutes of the time when it may."),
            new("doubt", "No message is in doubt", doubtful, 1, $"{doubtful}", doubtful == 1 ? "message of the last day failed or may have been sent" : "messages of the last day failed or may have been sent", "Each was sent once, or a person has looked at why not."),
            Lasting("signals", "Payments are noticed", p.WebhookAge, TimeSpan.FromMinutes(15), "the age of the oldest event not acted on", "A payment shows within a quarter of an hour."),
            Lasting("seats", "Seats are passed on", p.SeatOrderAge, TimeSpan.FromHours(2), "the age of the oldest number of seats not told", "A change of seats is billed from the minute it was made; it is told within two hours."),
        ];
    }

    private static OpsPromise Lasting(string id, string title, TimeSpan value, TimeSpan limit, string means, string promise) =>
        new(id, title, value.TotalSeconds, limit.TotalSeconds, value < TimeSpan.FromMinutes(1) ? $"{(int)value.TotalSeconds} s" : ElapsedTime.Words(value), means, promise);

    private static string Waiting(Promises p) => (p.Messages.GetValueOrDefault(OutboxStates.Pending), p.Messages.GetValueOrDefault(OutboxStates.Sending)) switch
    {
        (0, 0) => "nothing waits",
        var (waits, leaves) => $"the longest wait; {Labels.Count(waits, "message")} for later or now, {leaves} being sent",
    };
}
