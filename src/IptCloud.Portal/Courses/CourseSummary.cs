using IptCloud.Domain.Courses;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Courses;

/// <summary>A course in one line.</summary>
public static class CourseSummary
{
    /// <summary>"Middle phase, session 7 of 16. Role transition. Dr Siân Whitfield. Started 6 October 2026."</summary>
    public static string Line(CourseContext context)
    {
        var s = context.State;
        string?[] parts =
        [
            s.Status switch
            {
                CourseStatus.Referred => $"Referred on {context.Date(s.ReferredAt)}",
                CourseStatus.Closed => $"{Labels.Count(s.AttendedCount, "session")} attended of {s.PlannedSessions}",
                _ when s.AttendedCount == 0 => $"{Labels.Of(s.Phase)} phase, no session attended yet, {s.PlannedSessions} planned",
                _ => $"{Labels.Of(s.Phase)} phase, session {s.AttendedCount} of {s.PlannedSessions}",
            },
            s.Focus is { } focus ? Words.Of(focus) : s.IsRunning ? "No focus chosen" : null,
            context.Member(s.Therapist),
            s.StartedAt is { } started ? $"Started {context.Date(started)}" : null,
        ];
        return string.Join(". ", parts.OfType<string>()) + ".";
    }

    /// <summary>What matters most about it now.</summary>
    public static (Tone Tone, string Text) Status(CourseState s) => s switch
    {
        { HasOpenAlert: true } => (Tone.Alert, "Risk alert open"),
        { Status: CourseStatus.Referred } => (Tone.Watch, "Not begun"),
        { Status: CourseStatus.OnHold } => (Tone.Watch, "On hold"),
        { Status: CourseStatus.Closed } => (Tone.Neutral, "Ended"),
        _ => (Tone.Good, "Active"),
    };
}
