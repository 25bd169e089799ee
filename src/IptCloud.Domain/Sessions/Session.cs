using System.Collections.Immutable;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Protocols;

namespace IptCloud.Domain.Sessions;

/// <summary>A session's place in time. The truth is the local time and the zone; the instants follow from them and from the network's policy.</summary>
/// <param name="Local">Wall-clock start in the clinic's zone.</param>
/// <param name="StartsAt">The instant of the start.</param>
/// <param name="ReminderAt">When the client is reminded, outside quiet hours.</param>
/// <param name="CheckAt">Scheduled end plus grace: when unrecorded attendance is flagged.</param>
[GenerateSerializer, Immutable, Alias("ipt.sessions.time")]
public sealed record BookedTime(SessionId Session, DateTime Local, DateTimeOffset StartsAt, DateTimeOffset? ReminderAt, DateTimeOffset CheckAt);

/// <summary>A signed note: never changed, only added to.</summary>
[GenerateSerializer, Immutable, Alias("ipt.sessions.note")]
public sealed record SignedNote(string Text, ImmutableArray<string> Strategies, ImmutableArray<string> Techniques, MemberId SignedBy, DateTimeOffset SignedAt, ImmutableArray<Amendment> Amendments);

/// <summary>An addition to a signed note.</summary>
[GenerateSerializer, Immutable, Alias("ipt.sessions.amendment")]
public sealed record Amendment(string Text, string Reason, MemberId By, DateTimeOffset At);

/// <summary>The task of following a missed session up.</summary>
[GenerateSerializer, Immutable, Alias("ipt.sessions.follow-up")]
public sealed record FollowUp(DateTimeOffset DueBy, FollowUpOutcome? Outcome, string Text);

/// <summary>A booked session and what became of it.</summary>
/// <param name="Number">1 for the first attended session; null while, or if, not attended.</param>
/// <param name="HeldIn">The phase the course was in when attendance was recorded.</param>
/// <param name="ReminderSettled">The reminder was sent or is no longer wanted.</param>
/// <param name="InviteSettled">The measures were asked for, or no longer need to be.</param>
/// <param name="FlaggedAt">When unrecorded attendance was flagged.</param>
/// <param name="MissedAt">When policy records a miss unless something speaks against it.</param>
/// <param name="NoticeAt">When the neutral message after a miss is due; null once settled.</param>
[GenerateSerializer, Immutable, Alias("ipt.sessions.session")]
public sealed record Session(
    SessionId Id, SeriesId Series, string Zone, int Minutes, BookedTime Time,
    AttendanceCode? Attendance = null, string Reason = "", bool Late = false, bool ByPolicy = false,
    int? Number = null, Phase? HeldIn = null, bool ReminderSettled = false, bool InviteSettled = false, DateTimeOffset? ArrivedAt = null,
    DateTimeOffset? FlaggedAt = null, DateTimeOffset? MissedAt = null, DateTimeOffset? NoticeAt = null,
    FollowUp? FollowUp = null, bool RebookRequested = false, SignedNote? Note = null, MemberId? RecordedBy = null)
{
    /// <summary>The scheduled end.</summary>
    public DateTimeOffset EndsAt => Time.StartsAt.AddMinutes(Minutes);

    /// <summary>Codes 5 and 6.</summary>
    public bool WasAttended => Attendance is { } code && code.CountsAsAttended();

    /// <summary>The time still belongs to the therapist and the client.</summary>
    public bool HoldsTime => Attendance is not { } code || !code.IsCancellation();

    /// <summary>Booked, and nothing recorded yet.</summary>
    public bool IsOpen => Attendance is null;
}
