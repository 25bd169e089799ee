using System.Collections.Immutable;
using IptCloud.Domain.Contacts;
using IptCloud.Domain.Homework;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Inventory;
using IptCloud.Domain.Measures;
using IptCloud.Domain.Messages;
using IptCloud.Domain.Networks;
using IptCloud.Domain.Protocols;
using IptCloud.Domain.Risk;
using IptCloud.Domain.Sessions;

namespace IptCloud.Domain.Courses;

/// <summary>
/// Something that happened in a course. Stored for ever under a stable alias and version (see the event registry in Data);
/// an event holds results, never references to policy or client facts, so that replay needs nothing else.
/// </summary>
public abstract record CourseEvent;

/// <summary>Who did it and when; stored in the journal's columns beside the event.</summary>
/// <param name="OccurredAt">When it happened, by the clinic clock; charts use this.</param>
/// <param name="RecordedAt">When it was written; "as it stood on" uses this.</param>
/// <param name="Actor">See <see cref="Actor.Reference"/>.</param>
/// <param name="Member">The member, if a member acted.</param>
/// <param name="OnBehalfOf">For whom the member acted, if so.</param>
/// <param name="Command">The command that led to it.</param>
public sealed record EventMeta(DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string Actor, MemberId? Member, MemberId? OnBehalfOf, CommandId Command);

// ---- the course itself ----

/// <summary>A client was referred to a therapist for a course under one protocol version.</summary>
public sealed record CourseReferred(ClientId Client, MemberId Therapist, ClinicId Clinic, string ClinicZone, string ProtocolId, int ProtocolVersion, string Reason) : CourseEvent;

/// <summary>Treatment began: the course is active, in its initial phase.</summary>
public sealed record CourseStarted : CourseEvent;

/// <summary>A contract was agreed: how many sessions, until when, for what. A later one replaces it; that is how a course is extended.</summary>
public sealed record ContractAgreed(int Sessions, int Minutes, DateOnly ReviewBy, string MissedSessionRule, string Goals) : CourseEvent;

/// <summary>A focus was chosen, or changed; the reasons belong to the formulation.</summary>
public sealed record FocusChosen(FocusArea Area, string Reason) : CourseEvent;

/// <summary>The formulation was stated, and the client accepted it or not. Earlier versions stay.</summary>
public sealed record FormulationRecorded(int Version, string Text, bool Accepted) : CourseEvent;

/// <summary>A task of a phase was done, by a named person's word or by the evidence in the record.</summary>
public sealed record TaskDone(string Code) : CourseEvent;

/// <summary>A task was waived with a reason.</summary>
public sealed record TaskWaived(string Code, string Reason) : CourseEvent;

/// <summary>The course entered a phase.</summary>
public sealed record PhaseEntered(Phase Phase) : CourseEvent;

/// <summary>The last planned session of a phase has passed and required tasks are open.</summary>
public sealed record GateOverdue(Phase Phase, ImmutableArray<string> OpenTasks) : CourseEvent;

/// <summary>The course was put on hold: no messages to the client meanwhile.</summary>
public sealed record CourseHeld(string Reason) : CourseEvent;

/// <summary>The hold ended.</summary>
public sealed record CourseResumed : CourseEvent;

/// <summary>Another therapist took the course over; upcoming sessions move with it.</summary>
public sealed record CourseTransferred(MemberId From, MemberId To, string Reason) : CourseEvent;

/// <summary>The course ended.</summary>
/// <param name="Review">The review in words.</param>
/// <param name="First">First complete pair of totals; null if there is none.</param>
/// <param name="Last">Last complete pair of totals.</param>
public sealed record CourseClosed(CourseEnd End, string Review, PairedScore? First, PairedScore? Last, Outcome? Outcome) : CourseEvent;

// ---- sessions ----

/// <summary>Sessions were booked as one weekly series, or one alone.</summary>
public sealed record SessionsBooked(SeriesId Series, string Zone, int Minutes, ImmutableArray<BookedTime> Times) : CourseEvent;

/// <summary>One session, or it and those that follow in its series, got new times.</summary>
public sealed record SessionsMoved(MoveScope Scope, ImmutableArray<BookedTime> Times) : CourseEvent;

/// <summary>The client arrived.</summary>
public sealed record ClientArrived(SessionId Session) : CourseEvent;

/// <summary>What became of a session. A later one corrects an earlier one.</summary>
/// <param name="Late">A cancellation by the client inside the notice window.</param>
/// <param name="ByPolicy">Recorded by the network's rule, not by a person.</param>
/// <param name="NoticeAt">When the client is to get the neutral message after a miss; null if none.</param>
/// <param name="FollowUpBy">Until when the therapist is to follow the miss up; null if nothing is to be followed up.</param>
/// <param name="GateDueAt">Set when this was the last session of the phase: when an unfinished gate becomes overdue.</param>
public sealed record AttendanceRecorded(SessionId Session, AttendanceCode Code, string Reason, bool Late, bool ByPolicy, DateTimeOffset? NoticeAt, DateTimeOffset? FollowUpBy, DateTimeOffset? GateDueAt) : CourseEvent;

/// <summary>A session ended, the grace passed, and nobody recorded attendance. Not a miss.</summary>
/// <param name="MissedAt">When policy will record a miss if nothing turns up; null if only a person may.</param>
public sealed record AttendanceFlagged(SessionId Session, DateTimeOffset? MissedAt) : CourseEvent;

/// <summary>The policy's time came, but a draft, an arrival or an answer speaks against a miss: a person must decide.</summary>
public sealed record MissLeftToPerson(SessionId Session, string Evidence) : CourseEvent;

/// <summary>The note of a session was signed. Its text never changes again.</summary>
public sealed record NoteSigned(SessionId Session, string Text, ImmutableArray<string> Strategies, ImmutableArray<string> Techniques) : CourseEvent;

/// <summary>Something was added to a signed note.</summary>
public sealed record NoteAmended(SessionId Session, string Text, string Reason) : CourseEvent;

/// <summary>A miss was followed up.</summary>
public sealed record FollowUpClosed(SessionId Session, FollowUpOutcome Outcome, string Text) : CourseEvent;

/// <summary>The client asked, through a link, to be offered another time.</summary>
public sealed record RebookRequested(SessionId Session) : CourseEvent;

// ---- contacts ----

/// <summary>There was a contact between sessions.</summary>
/// <param name="At">When it took place.</param>
public sealed record ContactRecorded(ContactId Contact, ContactParty With, ContactWay Way, DateTimeOffset At, string Text) : CourseEvent;

// ---- inventory ----

/// <summary>A person of the inventory was added or changed.</summary>
public sealed record PersonRecorded(Person Person) : CourseEvent;

/// <summary>A person was taken out of the inventory.</summary>
public sealed record PersonRemoved(PersonId Person) : CourseEvent;

// ---- homework ----

/// <summary>A task for between sessions was agreed.</summary>
/// <param name="PromptAt">When the client is prompted once; null if no prompt is wanted.</param>
public sealed record HomeworkSet(HomeworkId Homework, string? Template, string Title, string Steps, DateOnly DueOn, DateTimeOffset? PromptAt, DateTimeOffset ClosesAt) : CourseEvent;

/// <summary>The client answered.</summary>
public sealed record HomeworkAnswered(HomeworkId Homework, HomeworkAnswer Answer, string Text) : CourseEvent;

/// <summary>The task was taken back.</summary>
public sealed record HomeworkWithdrawn(HomeworkId Homework) : CourseEvent;

// ---- measures ----

/// <summary>A form was asked for.</summary>
/// <param name="Session">The session it belongs to; null if asked for apart.</param>
public sealed record MeasureRequested(RequestId Request, string Instrument, int Version, SessionId? Session, DateTimeOffset ClosesAt) : CourseEvent;

/// <summary>One item was answered, or changed before submission.</summary>
/// <param name="Value">The option's value; null = declined.</param>
public sealed record ItemAnswered(RequestId Request, int Item, int? Value) : CourseEvent;

/// <summary>The form was handed in.</summary>
public sealed record MeasureSubmitted(RequestId Request, Score Score) : CourseEvent;

/// <summary>A clinician has seen the result.</summary>
public sealed record ResultRead(RequestId Request) : CourseEvent;

// ---- risk ----

/// <summary>An answer to a safety item was above 0. The therapist and the duty lead are told in the same transaction.</summary>
public sealed record AlertRaised(AlertId Alert, RequestId Request, int ItemValue) : CourseEvent;

/// <summary>A named clinician has taken note of the alert.</summary>
public sealed record AlertAcknowledged(AlertId Alert) : CourseEvent;

/// <summary>A named clinician closed the alert with an outcome.</summary>
public sealed record AlertClosed(AlertId Alert, AlertOutcome Outcome, string Text) : CourseEvent;

// ---- messages ----

/// <summary>A message was put into the outbox, in the same transaction as its cause.</summary>
public sealed record MessageQueued(MessageId Message, MessageAudience Audience, MemberId? Recipient, MessageTemplate Template, ImmutableArray<MessageIntent> Intents, DateTimeOffset NotBefore, DateTimeOffset ClosesAt, DateTime? SessionLocal) : CourseEvent;

/// <summary>What was due was put off.</summary>
public sealed record PromptDeferred(DueKind Kind, Guid Subject, DateTimeOffset Until, string Reason) : CourseEvent;

/// <summary>What was due is no longer right and will not be sent.</summary>
public sealed record PromptSkipped(DueKind Kind, Guid Subject, string Reason) : CourseEvent
{
    /// <summary>The reason that also stops later prompts until the client answers or attends.</summary>
    public const string Unanswered = "earlier prompts were not answered";
}
