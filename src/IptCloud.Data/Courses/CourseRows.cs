using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Courses;

/// <summary>A course on the caseload. Pseudonymous: ids, times, counts and totals only.</summary>
public sealed class CourseCardRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>The course.</summary>
    public CourseId CourseId { get; set; }
    /// <summary>Number of events folded into this row.</summary>
    public long Version { get; set; }
    /// <summary>The client.</summary>
    public ClientId ClientId { get; set; }
    /// <summary>The therapist.</summary>
    public MemberId TherapistId { get; set; }
    /// <summary>The clinic.</summary>
    public ClinicId ClinicId { get; set; }
    /// <summary>See <see cref="Domain.Courses.CourseStatus"/>.</summary>
    public string Status { get; set; } = "";
    /// <summary>See <see cref="Domain.Protocols.Phase"/>.</summary>
    public string Phase { get; set; } = "";
    /// <summary>See <see cref="Domain.Protocols.FocusArea"/>; null if not chosen.</summary>
    public string? Focus { get; set; }
    /// <summary>Sessions attended.</summary>
    public int Attended { get; set; }
    /// <summary>Sessions agreed or planned.</summary>
    public int Planned { get; set; }
    /// <summary>When referred.</summary>
    public DateTimeOffset ReferredAt { get; set; }
    /// <summary>When ended.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
    /// <summary>Start of the next open session.</summary>
    public DateTimeOffset? NextAt { get; set; }
    /// <summary>Its wall-clock start.</summary>
    public DateTime? NextLocal { get; set; }
    /// <summary>The next open session.</summary>
    public SessionId? NextSession { get; set; }
    /// <summary>Order of the caseload: 100 an open alert, 50 unrecorded attendance, 40 overdue gate, 30 a follow-up, 20 an unsigned note, 10 an unread result; sums, so that more comes first.</summary>
    public int Urgency { get; set; }
    /// <summary>Alerts not closed.</summary>
    public int OpenAlerts { get; set; }
    /// <summary>Complete PHQ-9 totals in order, comma-separated, at most the last 20.</summary>
    public string Phq9 { get; set; } = "";
    /// <summary>Complete GAD-7 totals likewise.</summary>
    public string Gad7 { get; set; } = "";
}

/// <summary>The one open acute course of a client.</summary>
public sealed class OpenCourseRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>The client.</summary>
    public ClientId ClientId { get; set; }
    /// <summary>The course.</summary>
    public CourseId CourseId { get; set; }
}

/// <summary>A booked session.</summary>
public sealed class AppointmentRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>The session.</summary>
    public SessionId SessionId { get; set; }
    /// <summary>The course.</summary>
    public CourseId CourseId { get; set; }
    /// <summary>The client.</summary>
    public ClientId ClientId { get; set; }
    /// <summary>The therapist.</summary>
    public MemberId TherapistId { get; set; }
    /// <summary>The clinic.</summary>
    public ClinicId ClinicId { get; set; }
    /// <summary>Wall-clock start: the truth.</summary>
    public DateTime Local { get; set; }
    /// <summary>IANA zone of the wall clock.</summary>
    public string Zone { get; set; } = "";
    /// <summary>Length in minutes.</summary>
    public int Minutes { get; set; }
    /// <summary>The instant derived from it.</summary>
    public DateTimeOffset StartsAt { get; set; }
    /// <summary>The NHS attendance code; null while not recorded.</summary>
    public int? Attendance { get; set; }
    /// <summary>Its number, or the number it would get.</summary>
    public int Number { get; set; }
    /// <summary>1 once its note is signed.</summary>
    public int NoteSigned { get; set; }
    /// <summary>When unrecorded attendance was flagged.</summary>
    public DateTimeOffset? FlaggedAt { get; set; }
}

/// <summary>Five minutes of a therapist's time: the primary key is what makes double booking impossible.</summary>
public sealed class TherapistSlotRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>The therapist.</summary>
    public MemberId TherapistId { get; set; }
    /// <summary>Unix seconds divided by 300.</summary>
    public long Slot { get; set; }
    /// <summary>Whose time it is.</summary>
    public SessionId SessionId { get; set; }
    /// <summary>Of which course.</summary>
    public CourseId CourseId { get; set; }
}

/// <summary>A form of a measure and its total.</summary>
public sealed class ScoreRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>The form.</summary>
    public RequestId RequestId { get; set; }
    /// <summary>The course.</summary>
    public CourseId CourseId { get; set; }
    /// <summary>The session it belongs to.</summary>
    public SessionId? SessionId { get; set; }
    /// <summary>The instrument.</summary>
    public string Instrument { get; set; } = "";
    /// <summary>Its version.</summary>
    public int Version { get; set; }
    /// <summary>When asked for.</summary>
    public DateTimeOffset RequestedAt { get; set; }
    /// <summary>When handed in.</summary>
    public DateTimeOffset? SubmittedAt { get; set; }
    /// <summary>The total; null for an incomplete form.</summary>
    public int? Total { get; set; }
    /// <summary>Items answered.</summary>
    public int Answered { get; set; }
    /// <summary>Who has read it.</summary>
    public MemberId? ReadBy { get; set; }
}

/// <summary>A risk alert.</summary>
public sealed class AlertRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>The alert.</summary>
    public AlertId AlertId { get; set; }
    /// <summary>The course.</summary>
    public CourseId CourseId { get; set; }
    /// <summary>The client.</summary>
    public ClientId ClientId { get; set; }
    /// <summary>The therapist.</summary>
    public MemberId TherapistId { get; set; }
    /// <summary>The clinic.</summary>
    public ClinicId ClinicId { get; set; }
    /// <summary>The item's value, 1–3.</summary>
    public int Level { get; set; }
    /// <summary>When raised.</summary>
    public DateTimeOffset RaisedAt { get; set; }
    /// <summary>When acknowledged.</summary>
    public DateTimeOffset? AcknowledgedAt { get; set; }
    /// <summary>When closed.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
}

/// <summary>Something that waits for the therapist.</summary>
public sealed class InboxRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>The course.</summary>
    public CourseId CourseId { get; set; }
    /// <summary>See <see cref="InboxKind"/>.</summary>
    public InboxKind Kind { get; set; }
    /// <summary>Alert, session, request or homework, by kind.</summary>
    public Guid Subject { get; set; }
    /// <summary>The client.</summary>
    public ClientId ClientId { get; set; }
    /// <summary>Whose task it is.</summary>
    public MemberId TherapistId { get; set; }
    /// <summary>The clinic.</summary>
    public ClinicId ClinicId { get; set; }
    /// <summary>Since when it waits.</summary>
    public DateTimeOffset Since { get; set; }
    /// <summary>By when it should be done.</summary>
    public DateTimeOffset? DueBy { get; set; }
}

/// <summary>What can wait for a therapist, most urgent first. The number is stored.</summary>
public enum InboxKind
{
    /// <summary>An open risk alert. Subject: the alert.</summary>
    Alert = 1,
    /// <summary>Attendance not recorded. Subject: the session.</summary>
    Attendance = 2,
    /// <summary>An unfinished gate. Subject: the course.</summary>
    Gate = 3,
    /// <summary>A missed session to follow up. Subject: the session.</summary>
    FollowUp = 4,
    /// <summary>The client asks for another time. Subject: the session.</summary>
    Rebook = 5,
    /// <summary>A note to finish. Subject: the session.</summary>
    Note = 6,
    /// <summary>A result to read. Subject: the request.</summary>
    Result = 7,
    /// <summary>Prompts stopped, because they were not answered. Subject: the course.</summary>
    Unanswered = 8,
}
