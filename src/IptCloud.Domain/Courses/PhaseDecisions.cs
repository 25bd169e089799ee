using IptCloud.Domain.Protocols;
using IptCloud.Domain.Time;

namespace IptCloud.Domain.Courses;

/// <summary>Decisions about contract, focus, formulation, tasks and phases.</summary>
internal static class PhaseDecisions
{
    public static Decision Agree(CourseState s, AgreeContract x, DecisionContext c)
    {
        var plan = s.Protocol.Sessions;
        var extends = x.Sessions > plan.Maximum;
        var least = Math.Max(plan.Minimum, s.AttendedCount);
        var most = s.Contract is null ? plan.Maximum : plan.Maximum * 2;
        if (Texts.Any(
            x.Seen is { } seen && seen != s.ContractVersion ? CourseRefusals.ContractChanged(s.Contract?.Goals ?? "") : null,
            x.Sessions < least || x.Sessions > most ? CourseRefusals.SessionsOutOfRange(least, most) : null,
            x.Minutes is < 15 or > 180 ? CourseRefusals.MinutesOutOfRange : null,
            x.ReviewBy <= LocalTime.DateOf(c.Now, s.ClinicZone) || x.ReviewBy > LocalTime.DateOf(c.Now, s.ClinicZone).AddYears(2) ? CourseRefusals.ReviewInPast : null,
            extends && string.IsNullOrWhiteSpace(x.Goals) ? CourseRefusals.ExtensionNeedsGoals : null,
            Texts.Required(x.MissedSessionRule, "missedSessionRule", "what happens when a session is missed", Texts.Line),
            Texts.Optional(x.Goals, "goals", "the goals", Texts.Paragraph)) is { } refused) return refused;
        return WithEvidence(s, TaskEvidence.Contract, new ContractAgreed(x.Sessions, x.Minutes, x.ReviewBy, Texts.Tidy(x.MissedSessionRule), Texts.Tidy(x.Goals)));
    }

    public static Decision Choose(CourseState s, ChooseFocus x) =>
        Texts.Any(
            x.Seen is { } seen && seen != s.FocusVersion ? CourseRefusals.FocusChanged(s.FocusReason) : null,
            Enum.IsDefined(x.Area) ? null : CourseRefusals.Missing("area", "one of the four problem areas"),
            Texts.Required(x.Reason, "reason", "why this focus", Texts.Paragraph)) ?? WithEvidence(s, TaskEvidence.Focus, new FocusChosen(x.Area, Texts.Tidy(x.Reason)));

    public static Decision Formulate(CourseState s, RecordFormulation x)
    {
        var newest = s.Formulations.LastOrDefault();
        if (Texts.Any(
            newest is not null && newest.Version != x.SeenVersion ? CourseRefusals.FormulationChanged(newest.Text) : null,
            Texts.Required(x.Text, "text", "the formulation", Texts.Note)) is { } refused) return refused;
        var recorded = new FormulationRecorded((newest?.Version ?? 0) + 1, Texts.Tidy(x.Text), x.Accepted);
        return x.Accepted ? WithEvidence(s, TaskEvidence.Formulation, recorded) : recorded;
    }

    public static Decision Complete(CourseState s, CompleteTask x)
    {
        if (s.Protocol.Task(x.Code) is not { } task) return CourseRefusals.UnknownTask;
        if (s.Tasks.Any(t => t.Code == x.Code && t.WaivedBecause is null)) return Decision.Accept();
        return HasEvidence(s, task) ? new TaskDone(x.Code) : CourseRefusals.NoEvidence(task);
    }

    public static Decision Waive(CourseState s, WaiveTask x)
    {
        if (s.Protocol.Task(x.Code) is null) return CourseRefusals.UnknownTask;
        if (s.IsSettled(x.Code)) return Decision.Accept();
        return Texts.Any(Texts.Required(x.Reason, "reason", "a reason for waiving the task", Texts.Line)) ?? new TaskWaived(x.Code, Texts.Tidy(x.Reason));
    }

    public static Decision Enter(CourseState s, EnterPhase x)
    {
        if (x.Phase == s.Phase) return Decision.Accept();
        if (!Enum.IsDefined(x.Phase)) return CourseRefusals.WrongPhase(x.Phase);
        if (x.Phase == s.Phase + 1)
            return s.OpenTasks(s.Phase) is { Length: > 0 } open ? CourseRefusals.GateClosed(s.Phase, [.. open.Select(code => s.Protocol.Task(code)!)]) : new PhaseEntered(x.Phase);
        if (s.Phase == Phase.Middle && x.Phase == Phase.Initial) return new PhaseEntered(x.Phase);
        if (s.Phase == Phase.Ending && x.Phase == Phase.Middle)
            return s.Contract is { } contract && contract.AgreedAt > s.Phases[^1].At ? new PhaseEntered(x.Phase) : CourseRefusals.NeedsContract;
        return CourseRefusals.WrongPhase(x.Phase);
    }

    private static bool HasEvidence(CourseState s, PhaseTask task) => task.Evidence switch
    {
        TaskEvidence.Inventory => s.People.Length > 0,
        TaskEvidence.Focus => s.Focus is not null && s.Phases.Count(p => p.Phase == Phase.Initial) <= 1, // after going back, choosing again is what settles it
        TaskEvidence.Formulation => s.Formulations.LastOrDefault() is { Accepted: true } newest && newest.At >= s.Phases.LastOrDefault(p => p.Phase == Phase.Initial)?.At,
        TaskEvidence.Contract => s.Contract is not null,
        _ => true,
    };

    /// <summary>The event, and with it every task that it is the evidence for.</summary>
    private static Decision WithEvidence(CourseState s, TaskEvidence evidence, CourseEvent recorded) =>
        Decision.Accept([recorded, .. s.Protocol.Tasks.Where(t => t.Evidence == evidence && !s.IsSettled(t.Code)).Select(t => new TaskDone(t.Code))]);
}
