using IptCloud.Domain.Courses;

namespace IptCloud.Domain.Messages;

/// <summary>Everything a course is waiting for, as a function of its state. The table of due work holds exactly this.</summary>
public static class DueWork
{
    /// <summary>
    /// What is due, and when. Messages to the client vanish from the list while the course is on hold or an alert is open,
    /// and come back afterwards; the course then decides whether each is still right.
    /// </summary>
    public static IEnumerable<DueItem> Of(CourseState s)
    {
        if (s.Status is CourseStatus.None or CourseStatus.Closed) yield break;
        var mayWrite = s.Status == CourseStatus.Active && !s.HasOpenAlert;
        foreach (var t in s.Sessions)
        {
            if (mayWrite && t.IsOpen && t.Time.ReminderAt is { } remind)
            {
                if (!t.ReminderSettled) yield return new(DueKind.SessionReminder, t.Id.Value, remind);
                if (!t.InviteSettled) yield return new(DueKind.MeasureInvitation, t.Id.Value, remind);
            }

            if (mayWrite && t.NoticeAt is { } notice) yield return new(DueKind.MissedNotice, t.Id.Value, notice);
            if (!t.IsOpen) continue;
            if (t.FlaggedAt is null) yield return new(DueKind.MissedCheck, t.Id.Value, t.Time.CheckAt);
            else if (t.MissedAt is { } missed) yield return new(DueKind.MissedByPolicy, t.Id.Value, missed);
        }

        if (mayWrite)
            foreach (var h in s.Homework)
                if (h.IsOpen && h.PromptAt is { } prompt) yield return new(DueKind.HomeworkPrompt, h.Id.Value, prompt);
        if (s.GateDueAt is { } gate && s.GateSession is { } session) yield return new(DueKind.GateCheck, session.Value, gate);
    }
}
