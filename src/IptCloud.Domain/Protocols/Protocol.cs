using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace IptCloud.Domain.Protocols;

/// <summary>The phases of an acute course, in order (domain.md §1.1).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Phase>))]
public enum Phase
{
    /// <summary>Diagnosis, inventory, focus, formulation, contract.</summary>
    Initial,
    /// <summary>Work on the focus.</summary>
    Middle,
    /// <summary>Review, relapse plan, good-bye.</summary>
    Ending,
}

/// <summary>What must stand in the record before a task may count as done.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TaskEvidence>))]
public enum TaskEvidence
{
    /// <summary>The clinician's word.</summary>
    None,
    /// <summary>At least one person in the inventory.</summary>
    Inventory,
    /// <summary>A focus is chosen.</summary>
    Focus,
    /// <summary>A formulation that the client accepted.</summary>
    Formulation,
    /// <summary>An agreed contract.</summary>
    Contract,
}

/// <summary>The four problem areas of IPT (domain.md §1.2).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FocusArea>))]
public enum FocusArea
{
    /// <summary>Grief: complicated bereavement.</summary>
    Grief,
    /// <summary>Role dispute.</summary>
    RoleDispute,
    /// <summary>Role transition.</summary>
    RoleTransition,
    /// <summary>Interpersonal deficits, also called sensitivities or loneliness.</summary>
    InterpersonalDeficits,
}

/// <summary>A therapist's task, as a checkable item.</summary>
/// <param name="Code">Stable code, e.g. <c>I8</c>.</param>
/// <param name="Title">What is to be done.</param>
/// <param name="Evidence">What the record must hold before it counts as done.</param>
public sealed record PhaseTask(string Code, string Title, TaskEvidence Evidence = TaskEvidence.None);

/// <summary>One phase of a protocol.</summary>
/// <param name="From">First session number, counting attended sessions from 1.</param>
/// <param name="To">Last session number.</param>
/// <param name="Required">Codes of the tasks without which the phase is not left.</param>
/// <param name="Suggested">Codes of the tasks that are offered but not required.</param>
/// <param name="StrategyPerSession">Each attended session of the phase records at least one strategy.</param>
public sealed record PhasePlan(Phase Phase, int From, int To, ImmutableArray<string> Required, ImmutableArray<string> Suggested, bool StrategyPerSession = false);

/// <summary>A measure that belongs to the protocol.</summary>
/// <param name="Instrument">The instrument's id, e.g. <c>phq-9</c>.</param>
/// <param name="Version">The instrument's version.</param>
/// <param name="EverySessions">1 = before every session, 2 = before every second one.</param>
public sealed record MeasurePlan(string Instrument, int Version, int EverySessions);

/// <summary>How many sessions, how long, how often.</summary>
/// <param name="Planned">The number a contract starts from.</param>
/// <param name="Minimum">The least a contract may agree.</param>
/// <param name="Maximum">The most a first contract may agree; more needs a new contract (domain.md §1.1).</param>
/// <param name="Minutes">Length of a session.</param>
/// <param name="EveryDays">Days between sessions.</param>
/// <param name="EndingNotice">Sessions before the last at which the ending must have been named (domain.md §1.1: 2–4).</param>
public sealed record SessionPlan(int Planned, int Minimum, int Maximum, int Minutes, int EveryDays, int EndingNotice);

/// <summary>
/// A protocol version: the shape of a course as data. A running course keeps the version it started with.
/// </summary>
public sealed record Protocol(
    string Id, int Version, string Title, string Source, SessionPlan Sessions,
    ImmutableArray<PhasePlan> Phases, ImmutableArray<PhaseTask> Tasks,
    ImmutableArray<MeasurePlan> Measures, ImmutableArray<string> Homework)
{
    /// <summary>The plan of a phase, scaled to a contract of <paramref name="sessions"/>: the initial and the ending phase keep their length, the middle phase takes what is left.</summary>
    public PhasePlan PlanFor(Phase phase, int sessions)
    {
        var plan = Phases[(int)phase];
        var shift = sessions - Sessions.Planned;
        return phase switch
        {
            Phase.Middle => plan with { To = plan.To + shift },
            Phase.Ending => plan with { From = plan.From + shift, To = plan.To + shift },
            _ => plan,
        };
    }

    /// <summary>The task with this code, or null.</summary>
    public PhaseTask? Task(string code) => Tasks.FirstOrDefault(t => t.Code == code);

    /// <summary>Everything wrong with the file, in words; empty if it is sound.</summary>
    public IEnumerable<string> Faults(Func<string, int, bool> hasInstrument, Func<string, bool> hasHomework)
    {
        if (string.IsNullOrWhiteSpace(Id)) yield return "id is missing";
        if (Version < 1) yield return "version starts at 1";
        foreach (var fault in PhaseFaults()) yield return fault;
        if (Sessions.Minimum > Sessions.Planned || Sessions.Planned > Sessions.Maximum) yield return "minimum ≤ planned ≤ maximum does not hold";
        if (Sessions.Minutes is < 15 or > 180) yield return "minutes must lie between 15 and 180";
        if (Sessions.EveryDays is < 1 or > 31) yield return "everyDays must lie between 1 and 31";
        if (Sessions.EndingNotice is < 2 or > 4) yield return "endingNotice must lie between 2 and 4";
        foreach (var code in Phases.SelectMany(p => p.Required.Concat(p.Suggested)).Where(c => Task(c) is null)) yield return $"task {code} is named but not described";
        foreach (var g in Tasks.GroupBy(t => t.Code).Where(g => g.Count() > 1)) yield return $"task {g.Key} is described twice";
        foreach (var m in Measures.Where(m => !hasInstrument(m.Instrument, m.Version))) yield return $"measure {m.Instrument} version {m.Version} does not exist";
        foreach (var m in Measures.Where(m => m.EverySessions < 1)) yield return $"measure {m.Instrument}: everySessions must be at least 1";
        foreach (var h in Homework.Where(h => !hasHomework(h))) yield return $"homework {h} does not exist";
    }

    private IEnumerable<string> PhaseFaults()
    {
        if (!Phases.Select(p => p.Phase).SequenceEqual(Enum.GetValues<Phase>()))
        {
            yield return "phases must be Initial, Middle, Ending, in this order";
            yield break;
        }

        if (Phases[0].From != 1) yield return "the first phase starts at session 1";
        foreach (var (a, b) in Phases.Zip(Phases.Skip(1)))
            if (b.From != a.To + 1) yield return $"{b.Phase} starts at {b.From}, but {a.Phase} ends at {a.To}";
        foreach (var p in Phases.Where(p => p.To < p.From)) yield return $"{p.Phase} ends before it starts";
        if (Phases[^1].To != Sessions.Planned) yield return $"the last phase ends at {Phases[^1].To}, but {Sessions.Planned} sessions are planned";
        var initialAndEnding = Phases[0].To + (Phases[2].To - Phases[2].From + 1);
        if (Sessions.Minimum <= initialAndEnding) yield return $"a contract of {Sessions.Minimum} sessions leaves no middle phase";
    }
}
