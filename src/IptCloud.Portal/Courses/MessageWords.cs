using IptCloud.Data.Messages;
using IptCloud.Domain.Messages;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Courses;

/// <summary>Messages in words, as staff read them.</summary>
public static class MessageWords
{
    /// <summary>What kind of message.</summary>
    public static string Of(MessageTemplate template) => template switch
    {
        MessageTemplate.Note => "A short note",
        MessageTemplate.Reminder => "A reminder of a session",
        MessageTemplate.Rebook => "An offer of another time",
        _ => "An alert",
    };

    /// <summary>What it was for.</summary>
    public static string Of(DueKind kind) => kind switch
    {
        DueKind.SessionReminder => "Session reminder",
        DueKind.MeasureInvitation => "Request for measures",
        DueKind.HomeworkPrompt => "Homework prompt",
        DueKind.MissedNotice => "Message after a missed session",
        DueKind.MissedCheck => "Check of attendance",
        DueKind.MissedByPolicy => "Rule for missed sessions",
        _ => "Check of the phase’s tasks",
    };

    /// <summary>Everything one message was for.</summary>
    public static string? Of(IEnumerable<MessageIntent> intents) =>
        string.Join(", ", intents.Select(i => Purposes.KindOf(i.Purpose)).OfType<DueKind>().Distinct().Select(Of)) is { Length: > 0 } all ? all : null;

    /// <summary>How far a message got.</summary>
    public static (Tone Tone, string Text) OfState(string state) => state switch
    {
        OutboxStates.Pending => (Tone.Neutral, "Waits to be sent"),
        OutboxStates.Sending => (Tone.Neutral, "Being sent"),
        OutboxStates.Sent => (Tone.Good, "Sent"),
        OutboxStates.MaybeSent => (Tone.Watch, "Maybe sent: please check"),
        OutboxStates.Withdrawn => (Tone.Neutral, "Withdrawn"),
        OutboxStates.Failed => (Tone.Watch, "Could not be sent"),
        _ => (Tone.Neutral, state),
    };
}
