using IptCloud.Domain.Courses;
using IptCloud.Domain.Inventory;
using IptCloud.Domain.Protocols;
using IptCloud.Domain.Time;
using IptCloud.Host.Demo.Texts;

namespace IptCloud.Host.Demo.Play;

/// <summary>The therapist's tasks of each phase, and the way from one phase to the next.</summary>
internal static class Phasing
{
    public static IEnumerable<Act> Of(Scene x)
    {
        if (!x.IsActive || x.Attended.IsEmpty) return [];
        var acts = x.State.Phase switch { Phase.Initial => Initial(x), Phase.Middle => Middle(x), _ => Ending(x) };
        return acts.Concat(Inventory(x)).Concat(Gate(x));
    }

    private static IEnumerable<Act> Initial(Scene x)
    {
        var (s, last) = (x.State, x.State.PhasePlan.To);
        foreach (var task in s.PhasePlan.Required.Concat(s.PhasePlan.Suggested).Where(code => !s.IsSettled(code)))
            if (s.Protocol.Task(task) is { Evidence: TaskEvidence.None or TaskEvidence.Inventory } plain && x.After(plain.Evidence == TaskEvidence.Inventory || task == "I6" ? 2 : 1, 12) is { } done)
                yield return Act.Of(done, x.Therapist, $"task/{task}", new CompleteTask(task));
        if (s.Focus is null && x.After(last - 1, 13) is { } chosen) yield return Act.Of(chosen, x.Therapist, "focus", new ChooseFocus(x.Case.Focus, Phrases.WhyFocus(x.Case.Focus)));
        if (s.Formulations.IsEmpty && x.After(last - 1, 14) is { } drafted) yield return Act.Of(drafted, x.Therapist, "formulation/1", new RecordFormulation(0, Phrases.Formulation(x.Case.Focus, final: false), false));
        if (x.Fate.Loose == Loose.Gate) yield break;
        if (s.Formulations is [var draft] && x.After(last, 11) is { } accepted) yield return Act.Of(accepted, x.Therapist, "formulation/2", new RecordFormulation(draft.Version, Phrases.Formulation(x.Case.Focus, final: true), true));
        if (s.Contract is null && x.After(last, 12) is { } agreed)
            yield return Act.Of(agreed, x.Therapist, "contract", new AgreeContract(x.Fate.Contract, s.Protocol.Sessions.Minutes, LocalTime.DateOf(agreed > x.Now ? agreed : x.Now, s.ClinicZone).AddDays(56), Phrases.MissedRule, Phrases.Goals(x.Case.Focus)));
    }

    private static IEnumerable<Act> Middle(Scene x)
    {
        var notice = x.State.Protocol.PlanFor(Phase.Ending, x.State.PlannedSessions).From - x.State.Protocol.Sessions.EndingNotice;
        foreach (var task in x.OpenTasks(Phase.Middle))
            if (x.After(notice, 12) is { } named) yield return Act.Of(named, x.Therapist, $"task/{task}", new CompleteTask(task));
    }

    /// <summary>Spread over the phase; the last ones with the last session.</summary>
    private static IEnumerable<Act> Ending(Scene x)
    {
        var (s, plan) = (x.State, x.State.PhasePlan);
        for (var i = 0; i < plan.Required.Length; i++)
        {
            var (task, number) = (plan.Required[i], plan.From + (i * (plan.To - plan.From + 1) / plan.Required.Length));
            if (s.IsSettled(task) || x.After(number, 12 + i) is not { } done) continue;
            yield return Act.Of(done, x.Therapist, $"task/{task}", task == "T4" && x.Case.Index % 9 == 4 ? new WaiveTask(task, x.Dice.Pick(Phrases.Waivers, "waiver")) : new CompleteTask(task));
        }
    }

    /// <summary>Three people in the first session, the others in the second; one relation has changed by the eighth.</summary>
    private static IEnumerable<Act> Inventory(Scene x)
    {
        for (var i = 0; i < People.CountOf(x.Case); i++)
        {
            var person = People.Of(x.Case, i);
            if (x.After(i < 3 ? 1 : 2, 4 + (i * 0.7)) is { } named && x.State.Phase == Phase.Initial && !x.State.People.Any(p => p.Id == person.Id))
                yield return Act.Of(named, x.Therapist, $"person/{i}", new RecordPerson(person, null));
        }

        var first = People.Of(x.Case, 1);
        if (x.After(8, 10) is { } changed && x.State.People.FirstOrDefault(p => p.Id == first.Id) is { } seen && seen == first)
            yield return Act.Of(changed, x.Therapist, "person/1/later", new RecordPerson(seen with
            {
                RingNow = Math.Max(1, seen.RingNow - 1), Quality = seen.Quality == RelationQuality.Lost ? RelationQuality.Lost : RelationQuality.Supportive, Notes = $"{seen.Notes} Spoken about it openly since; easier now.",
            }, seen));
    }

    private static IEnumerable<Act> Gate(Scene x)
    {
        var (s, plan) = (x.State, x.State.PhasePlan);
        if (s.Phase != Phase.Ending && !x.IsOver && x.After(plan.To, 17) is { } held && s.OpenTasks(s.Phase).IsEmpty && (s.Phase == Phase.Initial || s.Contract is not null))
            yield return Act.Of(held, x.Therapist, $"enter/{s.Phase + 1}", new EnterPhase(s.Phase + 1));
    }
}
