using System.Globalization;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Protocols;
using IptCloud.Domain.Sessions;
using IptCloud.Domain.Time;

namespace IptCloud.Domain.Messages;

/// <summary>What a course does when it is woken: everything due by now is acted on, put off, or dropped with a reason.</summary>
internal static class WakeDecisions
{
    /// <summary>How long a link to ask for another time stays open.</summary>
    private static readonly TimeSpan RebookWindow = TimeSpan.FromDays(14);

    public static Decision Wake(CourseState s, WakeCourse x, DecisionContext c)
    {
        List<CourseEvent> events = [];
        foreach (var due in DueWork.Of(s).Where(d => d.DueAt <= c.Now && !d.IsForClient))
            events.AddRange(due.Kind switch
            {
                DueKind.MissedCheck => [new AttendanceFlagged(new(due.Subject), c.Policy.MissedAfterHours is { } h && s.Status != CourseStatus.OnHold ? c.Now.AddHours(h) : null)],
                DueKind.MissedByPolicy => [MissedByPolicy(s, s.Session(new(due.Subject))!, x, c)],
                _ => [Gate(s, due)],
            });
        events.AddRange(ForClient(s, c));
        return new([.. events], []);
    }

    /// <summary>A miss by policy needs the absence of every sign that the session took place (design.md, invariant 5), and of a hold: nobody expected the client.</summary>
    private static CourseEvent MissedByPolicy(CourseState s, Session session, WakeCourse x, DecisionContext c)
    {
        var since = session.Time.StartsAt.AddDays(-1);
        var evidence = s.Status == CourseStatus.OnHold ? "the course is on hold"
            : !x.Drafted.IsDefault && x.Drafted.Contains(session.Id) ? "a draft note exists"
            : session.ArrivedAt is not null ? "the client arrived"
            : s.Measures.Any(m => m.AnsweredAt >= since) || s.Homework.Any(h => h.AnsweredAt >= since) ? "the client answered a form"
            : null;
        return evidence is null
            ? SessionDecisions.Recorded(s, session, AttendanceCode.DidNotAttend, "", true, c)
            : new MissLeftToPerson(session.Id, evidence);
    }

    private static CourseEvent Gate(CourseState s, DueItem due) =>
        s.AttendedCount < s.PhasePlan.To ? new PromptSkipped(due.Kind, due.Subject, "the phase has sessions left")
        : s.OpenTasks(s.Phase) is { Length: > 0 } open ? new GateOverdue(s.Phase, open) : new PromptSkipped(due.Kind, due.Subject, "the tasks are done");

    /// <summary>What is due to the client on one day is one message; what may not leave now is put off, what is no longer right is dropped.</summary>
    private static IEnumerable<CourseEvent> ForClient(CourseState s, DecisionContext c)
    {
        var today = LocalTime.DateOf(c.Now, c.Client.Zone);
        var ofToday = DueWork.Of(s).Where(d => d.IsForClient && LocalTime.DateOf(d.DueAt, c.Client.Zone) <= today).ToList();
        if (!ofToday.Exists(d => d.DueAt <= c.Now)) yield break;

        List<DueItem> right = [];
        foreach (var due in ofToday)
        {
            if (Obsolete(s, due, c) is { } reason) yield return new PromptSkipped(due.Kind, due.Subject, reason);
            else if (NotBefore(s, due, c) is { } later && later > c.Now) yield return new PromptDeferred(due.Kind, due.Subject, later, "within a day after a session");
            else right.Add(due);
        }

        if (right.Count == 0) yield break;
        if (Delay(s, c, today) is { } delay)
            foreach (var due in right) yield return new PromptDeferred(due.Kind, due.Subject, delay.Until, delay.Reason);
        else
            foreach (var e in Compose(s, right, c)) yield return e;
    }

    /// <summary>Why a prompt is not right any more; null if it is.</summary>
    private static string? Obsolete(CourseState s, DueItem due, DecisionContext c)
    {
        if (c.Policy.MessagesPerWeek < 1) return "the network sends no messages";
        if (!c.Client.MayEmail) return "no consent or no address";
        if (due.Kind is DueKind.MeasureInvitation or DueKind.HomeworkPrompt && s.UnansweredPrompts >= c.Policy.UnansweredLimit) return PromptSkipped.Unanswered;
        var session = s.Session(new(due.Subject));
        return due.Kind switch
        {
            DueKind.SessionReminder or DueKind.MeasureInvitation when session is not { IsOpen: true } || session.Time.StartsAt <= c.Now => "the session's time has come",
            DueKind.MeasureInvitation when !Planned(s, session!).Any() && !s.Measures.Any(r => r.Session == session!.Id && r.IsOpen) => "no measure is planned for this session",
            DueKind.HomeworkPrompt when s.Homework.First(h => h.Id.Value == due.Subject).ClosesAt <= c.Now => "the task's day has passed",
            DueKind.MissedNotice when session is not { Attendance: AttendanceCode.DidNotAttend } => "the session was not missed",
            _ when s.Messages.Any(m => m.Intents.Contains(Intent(due, session))) => "a message for this was sent already",
            _ => null,
        };
    }

    /// <summary>One intent, one message: a session moved there and back has the same occasion again.</summary>
    private static MessageIntent Intent(DueItem due, Session? session) => new(Purposes.Of(due.Kind), due.Subject,
        due.Kind is DueKind.SessionReminder or DueKind.MeasureInvitation ? session!.Time.StartsAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) : "1");

    /// <summary>No homework prompt within 24 hours after a session, whether or not its attendance is recorded yet (domain.md §3.4).</summary>
    private static DateTimeOffset? NotBefore(CourseState s, DueItem due, DecisionContext c) =>
        due.Kind == DueKind.HomeworkPrompt && s.Sessions.LastOrDefault(t => t.Time.StartsAt <= c.Now && (t.IsOpen || t.WasAttended)) is { } last && last.EndsAt.AddDays(1) > c.Now
            ? c.Quiet.NextAllowed(last.EndsAt.AddDays(1), c.Client.Zone) : null;

    /// <summary>Until when, and why, nothing may leave now; null if a message may.</summary>
    private static (DateTimeOffset Until, string Reason)? Delay(CourseState s, DecisionContext c, DateOnly today)
    {
        if (c.Quiet.Covers(c.Now, c.Client.Zone)) return (c.Quiet.NextAllowed(c.Now, c.Client.Zone), "quiet hours");
        var sent = s.Messages.Where(m => m.Audience == MessageAudience.Client).ToList();
        if (sent.Exists(m => LocalTime.DateOf(m.QueuedAt, c.Client.Zone) == today))
            return (LocalTime.ToInstant(today.AddDays(1).ToDateTime(c.Quiet.Until), c.Client.Zone), "a message left today");
        var week = sent.Where(m => m.QueuedAt > c.Now.AddDays(-7)).ToList();
        return week.Count >= c.Policy.MessagesPerWeek
            ? (c.Quiet.NextAllowed(week[^c.Policy.MessagesPerWeek].QueuedAt.AddDays(7), c.Client.Zone), "the week's messages have left")
            : null;
    }

    private static IEnumerable<CourseEvent> Compose(CourseState s, List<DueItem> right, DecisionContext c)
    {
        DateTime? local = null;
        var closes = c.Now;
        List<MessageIntent> intents = [];
        foreach (var due in right)
        {
            var session = s.Session(new(due.Subject));
            if (due.Kind == DueKind.SessionReminder) local = session!.Time.Local;
            var until = due.Kind switch
            {
                DueKind.HomeworkPrompt => s.Homework.First(h => h.Id.Value == due.Subject).ClosesAt,
                DueKind.MissedNotice => c.Now + RebookWindow,
                _ => session!.EndsAt,
            };
            if (until > closes) closes = until;
            intents.Add(Intent(due, session));
            if (due.Kind != DueKind.MeasureInvitation) continue;
            foreach (var measure in Planned(s, session!))
                yield return new MeasureRequested(TypedId.Derive<RequestId>(session!.Id.Value, measure.Instrument), measure.Instrument, measure.Version, session.Id, session.EndsAt);
        }

        var template = right.Exists(d => d.Kind == DueKind.MissedNotice) ? MessageTemplate.Rebook : local is not null ? MessageTemplate.Reminder : MessageTemplate.Note;
        yield return new MessageQueued(c.Derive<MessageId>("message"), MessageAudience.Client, null, template, [.. intents], c.Now, closes, local);
    }

    /// <summary>The measures the protocol plans before this session that have not been asked for yet.</summary>
    private static IEnumerable<MeasurePlan> Planned(CourseState s, Session session) => s.Protocol.Measures.Where(m =>
        (s.ExpectedNumber(session) - 1) % m.EverySessions == 0 && !s.Measures.Any(r => r.Session == session.Id && r.Instrument == m.Instrument));
}
