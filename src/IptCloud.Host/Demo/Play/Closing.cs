using IptCloud.Domain.Courses;
using IptCloud.Domain.Protocols;
using IptCloud.Host.Demo.Texts;

namespace IptCloud.Host.Demo.Play;

/// <summary>How courses end: by their plan, or before it.</summary>
internal static class Closing
{
    public static IEnumerable<Act> Of(Scene x)
    {
        var s = x.State;
        if (!x.IsActive || s.HasOpenAlert || s.Sessions.Any(t => t.IsOpen && t.Time.StartsAt <= x.Now)) yield break;
        var signed = x.Attended.All(t => t.Note is not null);
        if (x.IsOver)
        {
            // Who stays away is waited for once before the course is closed.
            var waits = x.Fate.End == CourseEnd.EndedByClient;
            var missed = s.Sessions.LastOrDefault(t => t.Attendance is not null && !t.WasAttended && t.Time.StartsAt > x.LastEnd);
            if (!signed || (waits && missed is not { FollowUp: not { Outcome: null } })) yield break;
            var at = x.Working((waits ? missed!.EndsAt : x.LastEnd).AddDays(4), "close");
            yield return Act.Of(at, x.Therapist, "close", new CloseCourse(x.Fate.End, Phrases.Review(x.Fate.End)));
        }
        else if (s.Phase == Phase.Ending && signed && x.Attended.Length >= s.PlannedSessions && s.OpenTasks(Phase.Ending).IsEmpty)
        {
            yield return Act.Of(x.Working(x.LastEnd.AddDays(2), "close"), x.Therapist, "close", new CloseCourse(CourseEnd.Completed, Phrases.Review(CourseEnd.Completed)));
        }
    }
}
