using IptCloud.Domain.Courses;
using IptCloud.Domain.Time;

namespace IptCloud.Domain.Homework;

/// <summary>Decisions about tasks for between sessions.</summary>
internal static class HomeworkDecisions
{
    public static Decision Set(CourseState s, SetHomework x, DecisionContext c)
    {
        if (s.Homework.Any(h => h.Id == x.Homework)) return Decision.Accept();
        var today = LocalTime.DateOf(c.Now, s.ClinicZone);
        if (Texts.Any(
            Texts.Required(x.Title, "title", "a title", Texts.Line),
            Texts.Required(x.Steps, "steps", "what is to be done", Texts.Paragraph),
            x.DueOn < today || x.DueOn > today.AddDays(366) ? HomeworkRefusals.DueInPast : null) is { } refused) return refused;
        var closes = LocalTime.ToInstant(x.DueOn.AddDays(1).ToDateTime(TimeOnly.MinValue), s.ClinicZone);
        return new HomeworkSet(x.Homework, x.Template, Texts.Tidy(x.Title), Texts.Tidy(x.Steps), x.DueOn, x.Prompt ? PromptAt(s, closes, c) : null, closes);
    }

    /// <summary>Half-way to the next session (or the due day), outside quiet hours, and not within a day after a session (domain.md §3.4).</summary>
    private static DateTimeOffset? PromptAt(CourseState s, DateTimeOffset closes, DecisionContext c)
    {
        var next = s.Sessions.FirstOrDefault(t => t.IsOpen && t.Time.StartsAt > c.Now)?.Time.StartsAt ?? closes;
        var middle = c.Now + ((next < closes ? next : closes) - c.Now) / 2;
        var at = c.Quiet.NextAllowed(middle, c.Client.Zone);
        return at < closes ? at : null;
    }

    public static Decision Answer(CourseState s, AnswerHomework x, DecisionContext c)
    {
        if (s.Homework.FirstOrDefault(h => h.Id == x.Homework) is not { Withdrawn: false } task) return HomeworkRefusals.Unknown;
        if (task.Answer is not null) return task.Answer == x.Answer && task.AnswerText == Texts.Tidy(x.Text) ? Decision.Accept() : HomeworkRefusals.Answered;
        if (c.Actor.Kind == Networks.ActorKind.Client && c.Now >= task.ClosesAt) return HomeworkRefusals.Expired;
        return Texts.Any(
            Enum.IsDefined(x.Answer) ? null : CourseRefusals.Missing("answer", "how it went"),
            Texts.Optional(x.Text, "text", "what you wrote", Texts.Paragraph)) ?? new HomeworkAnswered(x.Homework, x.Answer, Texts.Tidy(x.Text));
    }

    public static Decision Withdraw(CourseState s, WithdrawHomework x) =>
        s.Homework.FirstOrDefault(h => h.Id == x.Homework) is not { } task ? HomeworkRefusals.Unknown
        : task.Answer is not null ? HomeworkRefusals.Answered
        : task.Withdrawn ? Decision.Accept() : new HomeworkWithdrawn(x.Homework);
}
