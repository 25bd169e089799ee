using System.Collections.Immutable;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Homework;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Protocols;
using IptCloud.Domain.Sessions;
using IptCloud.Domain.Time;

namespace IptCloud.Host.Demo.Play;

/// <summary>What a therapist does around a session: reads results, enters forms from paper, agrees a task, signs the note.</summary>
internal static class Paperwork
{
    public static IEnumerable<Act> Of(Scene x) => Results(x).Concat(Papers(x)).Concat(Tasks(x)).Concat(Notes(x));

    private static IEnumerable<Act> Results(Scene x)
    {
        foreach (var m in x.State.Measures.Where(m => m.SubmittedAt is not null && m.ReadBy is null))
        {
            var session = m.Session is { } id ? x.State.Session(id) : null;
            var looked = session is { Attendance: null } or { WasAttended: true } ? session.Time.StartsAt.AddMinutes(-6) : x.Working(m.SubmittedAt!.Value.AddHours(14), $"{m.Id} read");
            yield return Act.Of(looked > m.SubmittedAt ? looked : m.SubmittedAt!.Value.AddMinutes(2), x.Therapist, $"read/{m.Id}", new ReadResult(m.Id));
        }
    }

    /// <summary>Who did not answer at home usually does so on paper before the session begins.</summary>
    private static IEnumerable<Act> Papers(Scene x)
    {
        if (!x.State.IsRunning || x.Attended is not [.., var t] || x.Now > t.EndsAt.AddDays(2) || x.Dice.Happens(0.12, $"{t.Id} no paper")) yield break;
        foreach (var plan in x.State.Protocol.Measures)
        {
            var asked = x.State.Measures.FirstOrDefault(m => m.Session == t.Id && m.Instrument == plan.Instrument);
            if (asked is { IsOpen: false }) continue;
            var instrument = Catalog.Current.Instrument(plan.Instrument, plan.Version)!;
            yield return Act.Of(t.EndsAt.AddMinutes(9), x.Therapist, $"paper/{t.Id}/{plan.Instrument}",
                new EnterMeasure(asked?.Id ?? TypedId.Derive<RequestId>(t.Id.Value, plan.Instrument), plan.Instrument, plan.Version, t.Id, x.Case.Trajectory.Answers(instrument, t.Number ?? 1, atRisk: false)));
        }
    }

    private static IEnumerable<Act> Tasks(Scene x)
    {
        if (!x.IsActive || x.IsOver || x.Attended is not [.., var t] || x.Now > t.EndsAt.AddDays(2)) yield break;
        var id = x.Case.Derive<HomeworkId>($"homework/{t.Id}");
        if (x.State.Homework.Any(h => h.Id == id) || !x.Dice.Happens(0.78, $"{t.Id} homework") || Template(x, t) is not { } task) yield break;
        var today = LocalTime.DateOf(x.Now > t.EndsAt ? x.Now : t.EndsAt, x.State.ClinicZone);
        var next = x.State.NextSession is { } n ? DateOnly.FromDateTime(n.Time.Local) : today.AddDays(6);
        yield return Act.Of(t.EndsAt.AddMinutes(11), x.Therapist, $"homework/{t.Id}",
            new SetHomework(id, task.Id, task.Title, task.Steps, next > today ? next : today.AddDays(1), x.Dice.Happens(0.85, $"{t.Id} prompt")));
    }

    private static HomeworkTemplate? Template(Scene x, Session t)
    {
        var all = x.State.Protocol.Homework.Select(Catalog.Current.Homework).OfType<HomeworkTemplate>();
        var endings = ImmutableArray.Create("warning-signs", "letter-to-self", "who-to-tell");
        var fits = x.State.Phase switch
        {
            Phase.Initial => all.Where(h => h.Area is null && !endings.Contains(h.Id)),
            Phase.Middle => all.Where(h => h.Area == x.State.Focus || h.Id == "pleasant-contact"),
            _ => all.Where(h => endings.Contains(h.Id)),
        };
        ImmutableArray<HomeworkTemplate> choice = [.. fits.Where(h => x.State.Homework.LastOrDefault()?.Template != h.Id)];
        return choice.IsEmpty ? null : x.Dice.Pick(choice, $"{t.Id} template");
    }

    private static IEnumerable<Act> Notes(Scene x)
    {
        foreach (var t in x.Attended)
        {
            if (t.Note is { } note)
            {
                if (note.Amendments.IsEmpty && x.Dice.Happens(0.05, $"{t.Id} amended"))
                {
                    var (reason, text) = x.Dice.Pick(Texts.Notes.Amendments, $"{t.Id} amended");
                    yield return Act.Of(x.Working(note.SignedAt + x.Dice.Minutes(60, 2000, $"{t.Id} amended"), $"{t.Id} amended"), x.Therapist, $"amend/{t.Id}", new AmendNote(t.Id, text, reason));
                }

                continue;
            }

            if (x.IsKey(t) && x.Fate.Loose == Loose.Note) continue;
            var (phase, focus) = (t.HeldIn ?? x.State.Phase, x.State.Focus ?? x.Case.Focus);
            yield return Act.Of(x.Dice.Roll($"{t.Id} signs") switch
            {
                < 0.6 => t.EndsAt + x.Dice.Minutes(13, 70, $"{t.Id} signed"),
                < 0.92 => x.Working(t.EndsAt.AddHours(4), $"{t.Id} signed"),
                _ => x.Working(t.EndsAt.AddHours(30), $"{t.Id} signed"),
            }, x.Therapist, $"sign/{t.Id}", new SignNote(t.Id, Texts.Notes.Of(x.Dice, t.Id.ToString(), phase, focus), Strategies(x, t, phase, focus), Techniques(x, t, phase)));
        }
    }

    private static ImmutableArray<string> Strategies(Scene x, Session t, Phase phase, FocusArea focus)
    {
        ImmutableArray<string> mine = [.. Catalog.Current.Strategies.Where(c => c.Area == focus).Select(c => c.Code)];
        if (phase != Phase.Middle) return [];
        var first = x.Dice.Between(0, mine.Length - 1, $"{t.Id} strategy");
        return x.Dice.Happens(0.4, $"{t.Id} strategies") ? [mine[first], mine[(first + 1) % mine.Length]] : [mine[first]];
    }

    private static ImmutableArray<string> Techniques(Scene x, Session t, Phase phase)
    {
        ImmutableArray<string> usual = phase switch
        {
            Phase.Initial => ["inventory", "psychoeducation", "timeline", "clarification", "expectations", "mood-linkage"],
            Phase.Middle => ["communication-analysis", "role-play", "affect", "problem-solving", "decision-analysis", "mood-linkage", "expressive", "homework"],
            _ => ["validation", "relationship", "affect", "clarification", "homework"],
        };
        return [.. usual.Where(code => x.Dice.Happens(0.4, $"{t.Id} {code}")).Append("validation").Distinct()];
    }
}
