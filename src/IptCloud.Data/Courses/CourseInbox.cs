using IptCloud.Domain.Courses;

namespace IptCloud.Data.Courses;

/// <summary>What waits for somebody in a course, as a function of its state.</summary>
internal static class CourseInbox
{
    public static IEnumerable<(InboxKind Kind, Guid Subject, DateTimeOffset Since, DateTimeOffset? DueBy)> Of(CourseKey key, CourseState s)
    {
        foreach (var a in s.Alerts)
            if (a.IsOpen) yield return (InboxKind.Alert, a.Id.Value, a.RaisedAt, null);
        var running = s.Status != CourseStatus.Closed;
        foreach (var t in s.Sessions)
        {
            if (running && t.IsOpen && t.FlaggedAt is { } flagged) yield return (InboxKind.Attendance, t.Id.Value, flagged, t.MissedAt);
            if (t.FollowUp is { Outcome: null } followUp) yield return (InboxKind.FollowUp, t.Id.Value, t.EndsAt, followUp.DueBy);
            if (running && t.RebookRequested) yield return (InboxKind.Rebook, t.Id.Value, t.EndsAt, null);
            if (t.WasAttended && t.Note is null) yield return (InboxKind.Note, t.Id.Value, t.EndsAt, null);
        }

        if (running && s.GateOverdueAt is { } gate && !s.OpenTasks(s.Phase).IsEmpty) yield return (InboxKind.Gate, key.Course.Value, gate, null);
        foreach (var m in s.Measures)
            if (m.SubmittedAt is { } submitted && m.ReadBy is null) yield return (InboxKind.Result, m.Id.Value, submitted, null);
        if (running && s.PromptsStoppedAt is { } stopped) yield return (InboxKind.Unanswered, key.Course.Value, stopped, null);
    }

    /// <summary>Orders a caseload; see <see cref="CourseCardRow.Urgency"/>.</summary>
    public static int Urgency(CourseKey key, CourseState s) => Of(key, s).Sum(i => i.Kind switch
    {
        InboxKind.Alert => 100,
        InboxKind.Attendance => 50,
        InboxKind.Gate => 40,
        InboxKind.FollowUp or InboxKind.Rebook => 30,
        InboxKind.Note => 20,
        _ => 10,
    });
}
