using System.Collections.Immutable;
using System.Text.Json.Serialization;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Domain.Messages;

/// <summary>What the worker wakes a course for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DueKind>))]
public enum DueKind
{
    /// <summary>Remind the client of a session. Subject: the session.</summary>
    SessionReminder = 1,
    /// <summary>Ask the client for the measures of a session. Subject: the session.</summary>
    MeasureInvitation = 2,
    /// <summary>Prompt the client about homework. Subject: the homework.</summary>
    HomeworkPrompt = 3,
    /// <summary>Neutral message after a miss, with a way to rebook. Subject: the session.</summary>
    MissedNotice = 4,
    /// <summary>Scheduled end and grace have passed. Subject: the session.</summary>
    MissedCheck = 5,
    /// <summary>Policy's time to record a miss. Subject: the session.</summary>
    MissedByPolicy = 6,
    /// <summary>The last session of a phase is past. Subject: that session.</summary>
    GateCheck = 7,
}

/// <summary>One thing that is due for a course.</summary>
/// <param name="Subject">What it is about; see <see cref="DueKind"/>.</param>
[GenerateSerializer, Immutable, Alias("ipt.messages.due")]
public readonly record struct DueItem(DueKind Kind, Guid Subject, DateTimeOffset DueAt)
{
    /// <summary>True if acting on it means a message to the client.</summary>
    public bool IsForClient => Kind <= DueKind.MissedNotice;
}

/// <summary>Who a message goes to.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MessageAudience>))]
public enum MessageAudience
{
    /// <summary>The client of the course.</summary>
    Client,
    /// <summary>A member of the network.</summary>
    Member,
}

/// <summary>The texts there are. Every one is neutral (domain.md §3.4).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MessageTemplate>))]
public enum MessageTemplate
{
    /// <summary>A short note is ready: measures or homework.</summary>
    Note,
    /// <summary>A reminder of a session, perhaps with a note.</summary>
    Reminder,
    /// <summary>We did not meet: a way to ask for another time.</summary>
    Rebook,
    /// <summary>To staff: something needs attention at once.</summary>
    StaffAlert,
}

/// <summary>The reason for a message. Unique per network: one intent, one message.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="Subject">What about.</param>
/// <param name="Occasion">Tells repeated intents about one subject apart, e.g. a session's start.</param>
[GenerateSerializer, Immutable, Alias("ipt.messages.intent")]
public readonly record struct MessageIntent(string Purpose, Guid Subject, string Occasion);

/// <summary>A message as the course knows it; how it fares on its way is the outbox's.</summary>
[GenerateSerializer, Immutable, Alias("ipt.messages.queued")]
public sealed record QueuedMessage(
    MessageId Id, MessageAudience Audience, MemberId? Recipient, MessageTemplate Template, ImmutableArray<MessageIntent> Intents,
    DateTimeOffset QueuedAt, DateTimeOffset NotBefore, DateTimeOffset ClosesAt, DateTime? SessionLocal);
