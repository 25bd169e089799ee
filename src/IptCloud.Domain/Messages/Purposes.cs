namespace IptCloud.Domain.Messages;

/// <summary>The purposes of intents, as stored. Permanent names.</summary>
public static class Purposes
{
    /// <summary>The stored name of a due kind that leads to a message to the client.</summary>
    public static string Of(DueKind kind) => kind switch
    {
        DueKind.SessionReminder => "reminder",
        DueKind.MeasureInvitation => "measures",
        DueKind.HomeworkPrompt => "homework",
        DueKind.MissedNotice => "rebook",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a message to the client."),
    };

    /// <summary>To a member, about an alert.</summary>
    public const string Alert = "alert";

    /// <summary>The due kind behind a stored purpose; null for messages to members.</summary>
    public static DueKind? KindOf(string purpose) => purpose switch
    {
        "reminder" => DueKind.SessionReminder,
        "measures" => DueKind.MeasureInvitation,
        "homework" => DueKind.HomeworkPrompt,
        "rebook" => DueKind.MissedNotice,
        _ => null,
    };
}
