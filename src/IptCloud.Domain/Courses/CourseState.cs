using System.Collections.Immutable;
using IptCloud.Domain.Contacts;
using IptCloud.Domain.Homework;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Inventory;
using IptCloud.Domain.Measures;
using IptCloud.Domain.Messages;
using IptCloud.Domain.Protocols;
using IptCloud.Domain.Risk;
using IptCloud.Domain.Sessions;

namespace IptCloud.Domain.Courses;

/// <summary>How a task of a phase was settled.</summary>
/// <param name="WaivedBecause">The reason for waiving it; null if it was done.</param>
[GenerateSerializer, Immutable, Alias("ipt.courses.settled-task")]
public sealed record SettledTask(string Code, string? WaivedBecause, DateTimeOffset At, MemberId? By);

/// <summary>An agreed contract.</summary>
[GenerateSerializer, Immutable, Alias("ipt.courses.contract")]
public sealed record Contract(int Sessions, int Minutes, DateOnly ReviewBy, string MissedSessionRule, string Goals, DateTimeOffset AgreedAt);

/// <summary>One version of the formulation.</summary>
[GenerateSerializer, Immutable, Alias("ipt.courses.formulation")]
public sealed record Formulation(int Version, string Text, bool Accepted, DateTimeOffset At, MemberId? By);

/// <summary>When a phase was entered.</summary>
[GenerateSerializer, Immutable, Alias("ipt.courses.phase-entry")]
public sealed record PhaseEntry(Phase Phase, DateTimeOffset At);

/// <summary>How the course ended.</summary>
[GenerateSerializer, Immutable, Alias("ipt.courses.closing")]
public sealed record Closing(CourseEnd End, string Review, PairedScore? First, PairedScore? Last, Outcome? Outcome, DateTimeOffset At, MemberId? By);

/// <summary>
/// A course as it stands: the fold of its events. Immutable, so that it can be read while the next command is decided.
/// </summary>
/// <param name="Sessions">In order of their start.</param>
/// <param name="UnansweredPrompts">Prompts since the client last answered or attended.</param>
/// <param name="GateDueAt">When an unfinished gate of the current phase becomes overdue; null if its last session has not been held.</param>
[GenerateSerializer, Immutable, Alias("ipt.courses.state")]
public sealed record CourseState(
    CourseStatus Status, ClientId Client, MemberId Therapist, ClinicId Clinic, string ClinicZone,
    string ProtocolId, int ProtocolVersion, string ReferralReason, DateTimeOffset ReferredAt, DateTimeOffset? StartedAt,
    Phase Phase, ImmutableArray<PhaseEntry> Phases, ImmutableArray<SettledTask> Tasks,
    Contract? Contract, FocusArea? Focus, ImmutableArray<Formulation> Formulations, ImmutableArray<Person> People,
    ImmutableArray<Session> Sessions, ImmutableArray<HomeworkTask> Homework, ImmutableArray<MeasureRequest> Measures,
    ImmutableArray<Alert> Alerts, ImmutableArray<QueuedMessage> Messages,
    DateTimeOffset? GateDueAt, SessionId? GateSession, DateTimeOffset? GateOverdueAt, int UnansweredPrompts,
    string HoldReason, DateTimeOffset? HeldSince, Closing? Closing)
{
    /// <summary>Before the first event.</summary>
    public static CourseState Empty { get; } = new(
        CourseStatus.None, default, default, default, "", "", 0, "", default, null, Phase.Initial, [], [], null, null, [], [], [], [], [], [], [], null, null, null, 0, "", null, null);

    /// <summary>When prompts stopped because earlier ones were not answered; null while they go out.</summary>
    [Id(0)]
    public DateTimeOffset? PromptsStoppedAt { get; init; }

    /// <summary>Contacts between sessions, in the order in which they were recorded.</summary>
    [Id(1)]
    public ImmutableArray<Contact> Contacts
    {
        get => field.IsDefault ? [] : field; // sent by a process of v0.1, which has none
        init;
    }

    /// <summary>Why the focus was chosen; empty before.</summary>
    [Id(2)]
    public string FocusReason
    {
        get => field ?? ""; // sent by a process of v0.2, which does not keep it
        init;
    }

    /// <summary>How often a focus was chosen: what a form was filled in against.</summary>
    [Id(3)]
    public int FocusVersion { get; init; }

    /// <summary>How often a contract was agreed.</summary>
    [Id(4)]
    public int ContractVersion { get; init; }

    /// <summary>Sessions attended so far: the number of the last one.</summary>
    public int AttendedCount => Sessions.Count(s => s.WasAttended);

    /// <summary>True while a clinician has not closed an alert.</summary>
    public bool HasOpenAlert => Alerts.Any(a => a.IsOpen);

    /// <summary>Active or on hold.</summary>
    public bool IsRunning => Status is CourseStatus.Active or CourseStatus.OnHold;

    /// <summary>The protocol version the course runs under.</summary>
    /// <exception cref="InvalidOperationException">The version is not shipped with this program.</exception>
    public Protocol Protocol => Catalog.Current.Protocol(ProtocolId, ProtocolVersion)
        ?? throw new InvalidOperationException($"Protocol {ProtocolId} version {ProtocolVersion} is not part of this program.");

    /// <summary>Sessions agreed, or planned while nothing is agreed.</summary>
    public int PlannedSessions => Contract?.Sessions ?? Protocol.Sessions.Planned;

    /// <summary>The current phase's plan, scaled to the contract.</summary>
    public PhasePlan PhasePlan => Protocol.PlanFor(Phase, PlannedSessions);

    /// <summary>The session with this id, or null.</summary>
    public Session? Session(SessionId id) => Sessions.FirstOrDefault(s => s.Id == id);

    /// <summary>The next session that has not been recorded.</summary>
    public Session? NextSession => Sessions.FirstOrDefault(s => s.IsOpen);

    /// <summary>Complete totals of an instrument, in order of submission.</summary>
    public IEnumerable<MeasureRequest> Scored(string instrument) =>
        Measures.Where(m => m.Instrument == instrument && m.Score is { IsComplete: true }).OrderBy(m => m.SubmittedAt);

    /// <summary>True if the task is done or waived.</summary>
    public bool IsSettled(string code) => Tasks.Any(t => t.Code == code);

    /// <summary>The required tasks of a phase that are neither done nor waived.</summary>
    public ImmutableArray<string> OpenTasks(Phase phase) => [.. Protocol.Phases[(int)phase].Required.Where(c => !IsSettled(c))];

    /// <summary>True from so many sessions before the last one as the protocol says, until the ending has been named: what the middle phase requires is done or waived (domain.md §1.1).</summary>
    public bool IsEndingNoticeDue =>
        IsRunning && Phase != Phase.Ending && AttendedCount >= PlannedSessions - Protocol.Sessions.EndingNotice && OpenTasks(Phase.Middle).Length > 0;

    /// <summary>The number a session would get, were it attended next in order: attended ones before it, and one.</summary>
    public int ExpectedNumber(Session session) => session.Number ?? AttendedCount + Sessions.TakeWhile(s => s.Id != session.Id).Count(s => s.IsOpen) + 1;
}
