using System.Collections.Immutable;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Homework;
using IptCloud.Domain.Measures;
using IptCloud.Domain.Messages;
using IptCloud.Domain.Networks;
using IptCloud.Domain.Protocols;
using IptCloud.Domain.Sessions;
using IptCloud.Domain.Time;
using IptCloud.Host.Demo.Texts;

namespace IptCloud.Host.Demo.Play;

/// <summary>What clients do with what they are sent: forms, tasks, the offer of another time. Nothing is answered that was not sent.</summary>
internal static class Answering
{
    /// <summary>A client who stops in the middle of a form stops here.</summary>
    private const int GivesUpAfter = 5;

    public static IEnumerable<Act> Of(Scene x) => Forms(x).Concat(Tasks(x)).Concat(Rebookings(x));

    private static IEnumerable<Act> Forms(Scene x)
    {
        foreach (var m in x.State.Measures.Where(m => x.State.IsRunning && m.IsOpen && x.Now < m.ClosesAt))
        {
            if (m.Session is not { } id || x.State.Session(id) is not { } t) continue;
            var key = x.IsKey(t) && x.Fate.Loose == Loose.Alert;
            if (!key && !x.Dice.Happens(x.Fate.Loose == Loose.None ? 0.8 : 0.92, $"{t.Id} answers")) continue;
            var at = key ? m.RequestedAt.AddMinutes(4) : Awake(x, m.RequestedAt + x.Dice.Minutes(12, 560, $"{t.Id} answers when"), t);
            // One form after the other, the PHQ-9 first.
            if (m.Instrument != "phq-9") at = at.AddMinutes(3);
            if (Steps(x, m, t, key) is { IsEmpty: false } steps) yield return new(at, Actor.Client, steps);
        }
    }

    private static ImmutableArray<Step> Steps(Scene x, MeasureRequest m, Session t, bool atRisk)
    {
        var instrument = Catalog.Current.Instrument(m.Instrument, m.Version)!;
        var answers = x.Case.Trajectory.Answers(instrument, x.State.ExpectedNumber(t), atRisk);
        var stops = !atRisk && x.Dice.Happens(0.03, $"{m.Id} stops");
        var rest = answers.Where(a => !m.Answers.ContainsKey(a.Key)).Select(a => new Step($"answer/{m.Id}/{a.Key}", new AnswerItem(m.Id, a.Key, a.Value)));
        return stops ? [.. rest.Take(GivesUpAfter - m.Answers.Count)] : [.. rest, new($"submit/{m.Id}", new SubmitMeasure(m.Id))];
    }

    /// <summary>Not at night, and not after the session has begun.</summary>
    private static DateTimeOffset Awake(Scene x, DateTimeOffset at, Session t)
    {
        var local = LocalTime.ToLocal(at, x.State.ClinicZone);
        if (local.Hour is >= 23 or < 7) at = LocalTime.ToInstant((local.Hour >= 23 ? local.Date.AddDays(1) : local.Date).AddHours(7.25), x.State.ClinicZone);
        var latest = t.Time.StartsAt.AddMinutes(-20);
        return at < latest ? at : latest;
    }

    private static IEnumerable<Act> Tasks(Scene x)
    {
        foreach (var h in x.State.Homework.Where(_ => x.State.IsRunning))
        {
            if (h is not { IsOpen: true, PromptedAt: { } sent } || x.Now >= h.ClosesAt || !x.Dice.Happens(0.72, $"{h.Id} answers")) continue;
            var answer = x.Dice.Roll($"{h.Id} how") switch { < 0.5 => HomeworkAnswer.Did, < 0.8 => HomeworkAnswer.Partly, _ => HomeworkAnswer.NotYet };
            var at = sent + x.Dice.Minutes(8, 420, $"{h.Id} when");
            yield return Act.Of(at < h.ClosesAt ? at : h.ClosesAt.AddMinutes(-5), Actor.Client, $"did/{h.Id}", new AnswerHomework(h.Id, answer, x.Dice.Pick(Phrases.HomeworkTexts, $"{h.Id} text")));
        }
    }

    private static IEnumerable<Act> Rebookings(Scene x)
    {
        if (!x.State.IsRunning) yield break;
        foreach (var message in x.State.Messages.Where(m => m.Template == MessageTemplate.Rebook && x.Now < m.ClosesAt))
            foreach (var intent in message.Intents.Where(i => Purposes.KindOf(i.Purpose) == DueKind.MissedNotice))
                if (x.State.Session(new(intent.Subject)) is { RebookRequested: false, FollowUp: { Outcome: null } } t && ((x.IsKey(t) && x.Fate.Loose == Loose.FollowUp) || x.Dice.Happens(0.35, $"{t.Id} rebooks")))
                    yield return Act.Of(message.QueuedAt + x.Dice.Minutes(15, 200, $"{t.Id} rebooks"), Actor.Client, $"rebook/{t.Id}", new RequestRebook(t.Id));
    }
}
