using System.Collections.Immutable;
using IptCloud.Domain.Courses;

namespace IptCloud.Portal.Networks;

/// <summary>What a scheduler is told about a course: when its sessions are, and why none can be booked. Never more.</summary>
public static class DiaryWords
{
    /// <summary>Sessions that are not over, soonest first.</summary>
    public static ImmutableArray<DiarySession> Coming(CourseDiary diary, DateTimeOffset now) =>
        [.. diary.Sessions.Where(s => s.Attendance is null && !IsUnrecorded(s, now)).OrderBy(s => s.StartsAt)];

    /// <summary>Over, and nobody has said what became of it.</summary>
    public static bool IsUnrecorded(DiarySession session, DateTimeOffset now) => session.Attendance is null && session.StartsAt.AddMinutes(session.Minutes) <= now;

    /// <summary>Why no session can be booked; null if one can.</summary>
    public static string? WhyNoBooking(CourseDiary diary) => diary switch
    {
        { Status: CourseStatus.Active, Room: > 0 } => null,
        { Status: CourseStatus.Active } => "All planned sessions are booked or held. If the client needs more, the therapist agrees them first.",
        { Status: CourseStatus.OnHold } => "The course is on hold. Sessions can be booked once the therapist resumes it.",
        { Status: CourseStatus.Closed } => "The course has ended. There is nothing more to book.",
        _ => "Treatment has not begun. Sessions can be booked once the therapist begins it.",
    };
}
