using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Messages;

namespace IptCloud.Data.Messages;

/// <summary>One deadline of a course.</summary>
public sealed class DueWorkRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>The course.</summary>
    public CourseId CourseId { get; set; }
    /// <summary>What for.</summary>
    public DueKind Kind { get; set; }
    /// <summary>What about.</summary>
    public Guid Subject { get; set; }
    /// <summary>When it is due.</summary>
    public DateTimeOffset DueAt { get; set; }
    /// <summary>Operational: from when a sweep may claim it; a claim pushes it forward.</summary>
    public DateTimeOffset VisibleAt { get; set; }
    /// <summary>Operational: how often it was claimed.</summary>
    public int Attempt { get; set; }
    /// <summary>Operational: the trace in which it fell due to be done; null if none was kept.</summary>
    public string? Trace { get; set; }
}

/// <summary>The reason for a message; unique, so that one intent is never two messages.</summary>
public sealed class MessageIntentRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>What for.</summary>
    public string Purpose { get; set; } = "";
    /// <summary>What about.</summary>
    public Guid Subject { get; set; }
    /// <summary>Which occasion.</summary>
    public string Occasion { get; set; } = "";
    /// <summary>The message that carries it.</summary>
    public MessageId MessageId { get; set; }
    /// <summary>The course.</summary>
    public CourseId CourseId { get; set; }
}

/// <summary>How far a message got. Stored by name.</summary>
public static class OutboxStates
{
    /// <summary>Waits for delivery.</summary>
    public const string Pending = "pending";
    /// <summary>Handed to the sender; written before anything leaves.</summary>
    public const string Sending = "sending";
    /// <summary>Taken by the other side.</summary>
    public const string Sent = "sent";
    /// <summary>A crash or a lost answer while sending: shown to a person, never repeated.</summary>
    public const string MaybeSent = "maybe-sent";
    /// <summary>An alert, a hold, the end or a withdrawn consent came first.</summary>
    public const string Withdrawn = "withdrawn";
    /// <summary>Refused for good.</summary>
    public const string Failed = "failed";
}

/// <summary>A message on its way. Operational: never rebuilt from the journal.</summary>
public sealed class OutboxRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>The message.</summary>
    public MessageId MessageId { get; set; }
    /// <summary>The course it is about.</summary>
    public CourseId CourseId { get; set; }
    /// <summary>The clinic in whose name it is sent.</summary>
    public ClinicId ClinicId { get; set; }
    /// <summary>The client of the course.</summary>
    public ClientId ClientId { get; set; }
    /// <summary>The member it goes to; null: to the client.</summary>
    public MemberId? Recipient { get; set; }
    /// <summary>See <see cref="MessageTemplate"/>.</summary>
    public string Template { get; set; } = "";
    /// <summary>See <see cref="OutboxStates"/>.</summary>
    public string State { get; set; } = "";
    /// <summary>When queued.</summary>
    public DateTimeOffset QueuedAt { get; set; }
    /// <summary>Until when its link works.</summary>
    public DateTimeOffset ClosesAt { get; set; }
    /// <summary>From when delivery may claim it.</summary>
    public DateTimeOffset VisibleAt { get; set; }
    /// <summary>How often delivery was tried.</summary>
    public int Attempt { get; set; }
    /// <summary>The session's wall-clock start, for a reminder.</summary>
    public DateTime? SessionLocal { get; set; }
    /// <summary>When its state became final.</summary>
    public DateTimeOffset? SettledAt { get; set; }
    /// <summary>A word on the outcome, free of personal data.</summary>
    public string? Detail { get; set; }
    /// <summary>The trace in which it was queued; null if none was kept.</summary>
    public string? Trace { get; set; }
}

/// <summary>A client's link. Found by the hash of its token before any network is known.</summary>
public sealed class TaskLinkRow : INetworkRow
{
    /// <summary>SHA-256 of the token, hexadecimal.</summary>
    public string TokenHash { get; set; } = "";
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>The course.</summary>
    public CourseId CourseId { get; set; }
    /// <summary>The message that carried it.</summary>
    public MessageId MessageId { get; set; }
    /// <summary>The clinic whose neutral name and crisis lines are shown.</summary>
    public ClinicId ClinicId { get; set; }
    /// <summary>From then on it opens nothing.</summary>
    public DateTimeOffset ExpiresAt { get; set; }
    /// <summary>SHA-256 of the browser's cookie that it is bound to; null until the first POST.</summary>
    public string? BoundTo { get; set; }
    /// <summary>When everything behind it was handed in.</summary>
    public DateTimeOffset? SpentAt { get; set; }
}
