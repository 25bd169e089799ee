using IptCloud.Domain.Courses;
using IptCloud.Domain.Sessions;
using IptCloud.Portal.Courses;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Sessions;

/// <summary>One thing to take up in a session.</summary>
public sealed record AgendaItem(string Text, string? Href = null, string? Detail = null, Tone Tone = Tone.Neutral, string Tag = "");

/// <summary>What is due in a session, most urgent first. Pure.</summary>
public static class Agenda
{
    /// <summary>True until a later session has begun, or the note is signed: what is due now belongs to no other session.</summary>
    public static bool IsFor(CourseContext context, Session session) =>
        session.Note is null && !context.State.Sessions.Any(s => s.Time.StartsAt > session.Time.StartsAt && s.Time.StartsAt <= context.Now);

    /// <summary>The items for the session.</summary>
    public static IReadOnlyList<AgendaItem> Of(CourseContext context, Session session) =>
        !IsFor(context, session) ? [] : [.. Alerts(context), .. Measures(context, session), .. LastHomework(context, session), .. Ending(context.State), .. Tasks(context)];

    private static IEnumerable<AgendaItem> Alerts(CourseContext c) => c.State.Alerts.Where(a => a.IsOpen)
        .Select(a => new AgendaItem("Ask about safety", $"{c.Root}/alerts/{a.Id}", null, Tone.Alert, "Risk alert open"));

    private static IEnumerable<AgendaItem> Measures(CourseContext c, Session session)
    {
        foreach (var m in c.State.Measures.Where(m => m.SubmittedAt is not null && m.ReadBy is null))
            yield return new($"{CourseContext.Instrument(m)?.ShortTitle} of {c.Date(m.SubmittedAt!.Value)}: {(m.Score is { Total: { } total } s ? $"{total}, {s.Band?.ToLowerInvariant()}" : "incomplete")}", $"{c.Root}/measures/{m.Id}", null, Tone.Info, "To read");
        var missing = c.State.Measures.Where(m => m.Session == session.Id && m.SubmittedAt is null).Select(m => CourseContext.Instrument(m)?.ShortTitle).ToList();
        if (missing.Count > 0) yield return new($"{string.Join(" and ", missing)} not returned: fill in together", $"{c.Root}/measures/enter?session={session.Id}");
    }

    private static IEnumerable<AgendaItem> LastHomework(CourseContext c, Session session)
    {
        if (c.State.Homework.LastOrDefault(h => !h.Withdrawn && h.SetAt < session.Time.StartsAt) is not { } last) yield break;
        var answer = last.Answer is { } given ? $"{Labels.Of(given)}. {last.AnswerText}".TrimEnd() : "Not answered.";
        yield return new($"Last homework: {last.Title}", null, answer);
    }

    private static IEnumerable<AgendaItem> Ending(CourseState s)
    {
        var left = s.PlannedSessions - s.AttendedCount;
        if (s.IsRunning && left <= s.Protocol.Sessions.EndingNotice && left >= 0)
            yield return new(left == 0 ? "All agreed sessions are held" : $"{Labels.Count(left, "session")} left: name the ending and how many remain", null, null, Tone.Watch, "Ending");
    }

    private static IEnumerable<AgendaItem> Tasks(CourseContext c) => !c.State.IsRunning ? [] : c.State.OpenTasks(c.State.Phase)
        .Select(code => new AgendaItem($"{code} {c.State.Protocol.Task(code)?.Title}", $"{c.Root}/plan#task-{code}"));
}
