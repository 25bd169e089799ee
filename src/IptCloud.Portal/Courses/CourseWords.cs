using IptCloud.Data.Journal;
using IptCloud.Domain.Contacts;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Messages;
using IptCloud.Domain.Sessions;
using IptCloud.Domain.Time;
using IptCloud.Portal.Contacts;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Courses;

/// <summary>An event in words.</summary>
/// <param name="What">A sentence without a full stop.</param>
/// <param name="Detail">A reason or the like.</param>
public sealed record EventWords(string What, string? Detail = null, Tone Tone = Tone.Neutral);

/// <summary>What happened in a course, in words. Pure. Notes, formulations and other long texts are never part of it: they have pages of their own.</summary>
public static class CourseWords
{
    /// <summary>The event in words, with no names but its own.</summary>
    public static EventWords Describe(RecordedEvent recorded) => Describe(recorded, CourseNames.None);

    /// <summary>The event in words.</summary>
    public static EventWords Describe(RecordedEvent recorded, CourseNames names) =>
        OfCourse(recorded.Event, names) ?? OfSessions(recorded.Event, names) ?? OfWork(recorded.Event, names) ?? OfMessages(recorded.Event, names)
        ?? new(recorded.Event.GetType().Name);

    /// <summary>Who did it; null when the system did.</summary>
    public static string? By(EventMeta meta, CourseNames names) =>
        meta.Member is { } member ? names.Member(member) + (meta.OnBehalfOf is { } other ? $" on behalf of {names.Member(other)}" : "")
        : meta.Actor == "client" ? "the client" : null;

    private static EventWords? OfCourse(CourseEvent e, CourseNames names) => e switch
    {
        CourseReferred x => new($"Referred to {names.Member(x.Therapist)}", Short(x.Reason)),
        CourseStarted => new("Treatment began", null, Tone.Good),
        ContractAgreed x => new($"Contract agreed: {Labels.Count(x.Sessions, "session")} of {x.Minutes} minutes, review by {Uk.FullDate(x.ReviewBy)}", null, Tone.Good),
        FocusChosen x => new($"Focus chosen: {Words.Of(x.Area).ToLowerInvariant()}", Short(x.Reason)),
        FormulationRecorded x => new($"Formulation, version {x.Version}, {(x.Accepted ? "accepted by the client" : "not accepted yet")}", null, x.Accepted ? Tone.Good : Tone.Neutral),
        TaskDone x => new($"Task done: {names.Task(x.Code)}", null, Tone.Good),
        TaskWaived x => new($"Task waived: {names.Task(x.Code)}", x.Reason, Tone.Watch),
        PhaseEntered x => new($"Entered the {Words.Of(x.Phase)} phase", null, Tone.Info),
        GateOverdue x => new($"Tasks of the {Words.Of(x.Phase)} phase are overdue", string.Join("; ", x.OpenTasks.Select(names.Task)), Tone.Watch),
        CourseHeld x => new("Put on hold", x.Reason, Tone.Watch),
        CourseResumed => new("Resumed"),
        CourseTransferred x => new($"Handed from {names.Member(x.From)} to {names.Member(x.To)}", x.Reason),
        CourseClosed x => new($"Course ended: {Lower(Labels.Of(x.End))}", null, Tone.Info),
        _ => null,
    };

    private static EventWords? OfSessions(CourseEvent e, CourseNames names) => e switch
    {
        SessionsBooked x when x.Times.Length == 1 => new($"Session booked for {Words.Of(x.Times[0].Local)}"),
        SessionsBooked x => new($"{x.Times.Length} weekly sessions booked from {Words.Of(x.Times.Min(t => t.Local))}"),
        SessionsMoved x when x.Times.Length == 1 => new($"Session moved to {Words.Of(x.Times[0].Local)}"),
        SessionsMoved x => new($"{x.Times.Length} sessions moved, the first to {Words.Of(x.Times.Min(t => t.Local))}"),
        ClientArrived x => new($"The client arrived for {names.Session(x.Session)}"),
        AttendanceRecorded x => new(
            $"{Labels.Of(x.Code)}: {names.Session(x.Session)}{(x.Late ? ", at short notice" : "")}{(x.ByPolicy ? ", recorded by the network’s rule" : "")}", Short(x.Reason), Labels.Tone(x.Code)),
        AttendanceFlagged x => new($"Attendance not recorded for {names.Session(x.Session)}", null, Tone.Watch),
        MissLeftToPerson x => new($"A person must say what became of {names.Session(x.Session)}", Labels.Capital(x.Evidence), Tone.Watch),
        NoteSigned x => new($"Note signed for {names.Session(x.Session)}", null, Tone.Good),
        NoteAmended x => new($"Note amended for {names.Session(x.Session)}", x.Reason),
        FollowUpClosed x => new($"Followed up {names.Session(x.Session)}: {Lower(Labels.Of(x.Outcome))}", null, x.Outcome == FollowUpOutcome.SafetyConcern ? Tone.Alert : Tone.Good),
        RebookRequested x => new($"Asked for another time after {names.Session(x.Session)}", null, Tone.Info),
        _ => null,
    };

    private static EventWords? OfWork(CourseEvent e, CourseNames names) => e switch
    {
        ContactRecorded { Way: ContactWay.NoAnswer } x => new($"Tried to reach {ContactWords.Of(x.With)}, {Words.Of(LocalTime.ToLocal(x.At, names.Zone))}"),
        ContactRecorded x => new($"In contact with {ContactWords.Of(x.With)} {ContactWords.Of(x.Way)}, {Words.Of(LocalTime.ToLocal(x.At, names.Zone))}"),
        PersonRecorded x => new($"Recorded {x.Person.Name} in the inventory"),
        PersonRemoved x => new($"Took {names.Person(x.Person)} out of the inventory"),
        HomeworkSet x => new($"Homework agreed: {x.Title}", $"Until {Uk.FullDate(x.DueOn)}"),
        HomeworkAnswered x => new($"Answered about {names.Homework(x.Homework)}: {Lower(Labels.Of(x.Answer))}", null, Tone.Info),
        HomeworkWithdrawn x => new($"Homework taken back: {names.Homework(x.Homework)}"),
        MeasureRequested x => new($"Asked for {CourseNames.Measure(x.Instrument, x.Version)}{(x.Session is { } session ? $" for {names.Session(session)}" : "")}"),
        ItemAnswered x => new($"Answered question {x.Item} of {names.Measure(x.Request)}"),
        MeasureSubmitted { Score.Total: { } total } x => new($"Handed in {names.Measure(x.Request)}: {total}, {x.Score.Band?.ToLowerInvariant()}", null, Tone.Info),
        MeasureSubmitted x => new($"Handed in {names.Measure(x.Request)}, incomplete: {x.Score.Answered} of {x.Score.Items} answered", null, Tone.Info),
        ResultRead x => new($"Read {names.Measure(x.Request)}"),
        AlertRaised x => new($"Risk alert: the safety question of {names.Measure(x.Request)} was answered {x.ItemValue}", "The therapist and the duty lead were told.", Tone.Alert),
        AlertAcknowledged => new("Risk alert acknowledged", null, Tone.Watch),
        AlertClosed x => new($"Risk alert closed: {Lower(Labels.Of(x.Outcome))}", null, Tone.Good),
        _ => null,
    };

    private static EventWords? OfMessages(CourseEvent e, CourseNames names) => e switch
    {
        MessageQueued { Audience: MessageAudience.Member } x => new($"Told {(x.Recipient is { } member ? names.Member(member) : "a colleague")} about the alert"),
        MessageQueued x => new($"Message for the client: {Lower(MessageWords.Of(x.Template))}", MessageWords.Of(x.Intents)),
        PromptDeferred x => new($"{MessageWords.Of(x.Kind)} put off until {Words.Of(LocalTime.ToLocal(x.Until, names.Zone))}", Labels.Capital(x.Reason)),
        PromptSkipped x => new($"{MessageWords.Of(x.Kind)} dropped", Labels.Capital(x.Reason)),
        _ => null,
    };

    private static string Lower(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];

    private static string? Short(string text) => text.Length == 0 ? null : Excerpt.Of(text, 240);
}
