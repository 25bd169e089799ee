using System.Collections.Immutable;
using IptCloud.Domain.Contacts;
using IptCloud.Domain.Homework;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Inventory;
using IptCloud.Domain.Protocols;
using IptCloud.Domain.Risk;
using IptCloud.Domain.Sessions;

namespace IptCloud.Domain.Courses;

/// <summary>
/// An intended change of a course. Ids of what it creates are in it, so that a repeated command makes nothing twice.
/// What the form showed when it was filled in is in it where that matters (<c>Seen…</c>), so that a stale form is noticed.
/// </summary>
[GenerateSerializer, Immutable, Alias("ipt.courses.command")]
public abstract record CourseCommand;

/// <summary>Refer a client to a therapist.</summary>
[GenerateSerializer, Immutable, Alias("ipt.courses.refer")]
public sealed record ReferCourse(ClientId Client, MemberId Therapist, ClinicId Clinic, string ProtocolId, int ProtocolVersion, string Reason) : CourseCommand;

/// <summary>Begin treatment.</summary>
[GenerateSerializer, Immutable, Alias("ipt.courses.start")]
public sealed record StartCourse : CourseCommand;

/// <summary>Agree a contract, or a new one in place of the old.</summary>
[GenerateSerializer, Immutable, Alias("ipt.courses.agree-contract")]
public sealed record AgreeContract(int Sessions, int Minutes, DateOnly ReviewBy, string MissedSessionRule, string Goals) : CourseCommand
{
    /// <summary>The course's <see cref="CourseState.ContractVersion"/> that the form showed; null if none was shown.</summary>
    [Id(0)]
    public int? Seen { get; init; }
}

/// <summary>Choose the focus.</summary>
[GenerateSerializer, Immutable, Alias("ipt.courses.choose-focus")]
public sealed record ChooseFocus(FocusArea Area, string Reason) : CourseCommand
{
    /// <summary>The course's <see cref="CourseState.FocusVersion"/> that the form showed; null if none was shown.</summary>
    [Id(0)]
    public int? Seen { get; init; }
}

/// <summary>Record a version of the formulation.</summary>
/// <param name="SeenVersion">The newest version the form showed; 0 if none.</param>
[GenerateSerializer, Immutable, Alias("ipt.courses.record-formulation")]
public sealed record RecordFormulation(int SeenVersion, string Text, bool Accepted) : CourseCommand;

/// <summary>Tick a task.</summary>
[GenerateSerializer, Immutable, Alias("ipt.courses.complete-task")]
public sealed record CompleteTask(string Code) : CourseCommand;

/// <summary>Waive a task with a reason.</summary>
[GenerateSerializer, Immutable, Alias("ipt.courses.waive-task")]
public sealed record WaiveTask(string Code, string Reason) : CourseCommand;

/// <summary>Enter the next phase, or go back where that is allowed.</summary>
[GenerateSerializer, Immutable, Alias("ipt.courses.enter-phase")]
public sealed record EnterPhase(Phase Phase) : CourseCommand;

/// <summary>Put the course on hold.</summary>
[GenerateSerializer, Immutable, Alias("ipt.courses.hold")]
public sealed record HoldCourse(string Reason) : CourseCommand;

/// <summary>End the hold.</summary>
[GenerateSerializer, Immutable, Alias("ipt.courses.resume")]
public sealed record ResumeCourse : CourseCommand;

/// <summary>Hand the course to another therapist of the clinic.</summary>
[GenerateSerializer, Immutable, Alias("ipt.courses.transfer")]
public sealed record TransferCourse(MemberId To, string Reason) : CourseCommand;

/// <summary>End the course with a review.</summary>
[GenerateSerializer, Immutable, Alias("ipt.courses.close")]
public sealed record CloseCourse(CourseEnd End, string Review) : CourseCommand;

/// <summary>Book a weekly series as one object, in the clinic's wall-clock time.</summary>
[GenerateSerializer, Immutable, Alias("ipt.sessions.book-series")]
public sealed record BookSeries(SeriesId Series, ImmutableArray<SessionId> Sessions, DateTime FirstLocal, int Minutes) : CourseCommand;

/// <summary>Move a session, or it and the following ones by the same wall-clock distance.</summary>
/// <param name="SeenLocal">The start the form showed.</param>
[GenerateSerializer, Immutable, Alias("ipt.sessions.move")]
public sealed record MoveSession(SessionId Session, DateTime SeenLocal, DateTime NewLocal, MoveScope Scope) : CourseCommand;

/// <summary>Note that the client has arrived.</summary>
[GenerateSerializer, Immutable, Alias("ipt.sessions.note-arrival")]
public sealed record NoteArrival(SessionId Session) : CourseCommand;

/// <summary>Record or correct attendance; cancelling is recording code 2 or 4.</summary>
/// <param name="Seen">What the form showed as recorded; null if nothing.</param>
[GenerateSerializer, Immutable, Alias("ipt.sessions.record-attendance")]
public sealed record RecordAttendance(SessionId Session, AttendanceCode Code, string Reason, AttendanceCode? Seen) : CourseCommand;

/// <summary>Sign a session's note.</summary>
[GenerateSerializer, Immutable, Alias("ipt.sessions.sign-note")]
public sealed record SignNote(SessionId Session, string Text, ImmutableArray<string> Strategies, ImmutableArray<string> Techniques) : CourseCommand;

/// <summary>Add to a signed note.</summary>
[GenerateSerializer, Immutable, Alias("ipt.sessions.amend-note")]
public sealed record AmendNote(SessionId Session, string Text, string Reason) : CourseCommand;

/// <summary>Say what came of following a miss up.</summary>
[GenerateSerializer, Immutable, Alias("ipt.sessions.close-follow-up")]
public sealed record CloseFollowUp(SessionId Session, FollowUpOutcome Outcome, string Text) : CourseCommand;

/// <summary>The client asks to be offered another time.</summary>
[GenerateSerializer, Immutable, Alias("ipt.sessions.request-rebook")]
public sealed record RequestRebook(SessionId Session) : CourseCommand;

/// <summary>Record a contact between sessions.</summary>
/// <param name="AtLocal">When it took place, by the clinic's wall clock.</param>
[GenerateSerializer, Immutable, Alias("ipt.contacts.record")]
public sealed record RecordContact(ContactId Contact, ContactParty With, ContactWay Way, DateTime AtLocal, string Text) : CourseCommand;

/// <summary>Add or change a person of the inventory.</summary>
/// <param name="Seen">The person as the form showed it; null for a new one.</param>
[GenerateSerializer, Immutable, Alias("ipt.inventory.record-person")]
public sealed record RecordPerson(Person Person, Person? Seen) : CourseCommand;

/// <summary>Take a person out of the inventory.</summary>
[GenerateSerializer, Immutable, Alias("ipt.inventory.remove-person")]
public sealed record RemovePerson(PersonId Person) : CourseCommand;

/// <summary>Agree a task for between sessions.</summary>
/// <param name="Prompt">Prompt the client once, half-way to the next session.</param>
[GenerateSerializer, Immutable, Alias("ipt.homework.set")]
public sealed record SetHomework(HomeworkId Homework, string? Template, string Title, string Steps, DateOnly DueOn, bool Prompt) : CourseCommand;

/// <summary>The client's answer.</summary>
[GenerateSerializer, Immutable, Alias("ipt.homework.answer")]
public sealed record AnswerHomework(HomeworkId Homework, HomeworkAnswer Answer, string Text) : CourseCommand;

/// <summary>Take a task back.</summary>
[GenerateSerializer, Immutable, Alias("ipt.homework.withdraw")]
public sealed record WithdrawHomework(HomeworkId Homework) : CourseCommand;

/// <summary>Answer one item of a form, or decline it.</summary>
[GenerateSerializer, Immutable, Alias("ipt.measures.answer-item")]
public sealed record AnswerItem(RequestId Request, int Item, int? Value) : CourseCommand;

/// <summary>Hand a form in, complete or not.</summary>
[GenerateSerializer, Immutable, Alias("ipt.measures.submit")]
public sealed record SubmitMeasure(RequestId Request) : CourseCommand;

/// <summary>A clinician enters a form filled in on paper or in the session.</summary>
/// <param name="Session">The session it belongs to; null if none.</param>
[GenerateSerializer, Immutable, Alias("ipt.measures.enter")]
public sealed record EnterMeasure(RequestId Request, string Instrument, int Version, SessionId? Session, ImmutableSortedDictionary<int, int?> Answers) : CourseCommand;

/// <summary>Mark a result as seen.</summary>
[GenerateSerializer, Immutable, Alias("ipt.measures.read-result")]
public sealed record ReadResult(RequestId Request) : CourseCommand;

/// <summary>Take note of an alert.</summary>
[GenerateSerializer, Immutable, Alias("ipt.risk.acknowledge")]
public sealed record AcknowledgeAlert(AlertId Alert) : CourseCommand;

/// <summary>Close an alert with an outcome.</summary>
[GenerateSerializer, Immutable, Alias("ipt.risk.close")]
public sealed record CloseAlert(AlertId Alert, AlertOutcome Outcome, string Text) : CourseCommand;

/// <summary>The worker wakes the course: whatever is due by now is decided.</summary>
/// <param name="Drafted">Sessions with a draft note, read at the edge: drafts live outside the journal.</param>
[GenerateSerializer, Immutable, Alias("ipt.courses.wake")]
public sealed record WakeCourse(ImmutableArray<SessionId> Drafted) : CourseCommand;
