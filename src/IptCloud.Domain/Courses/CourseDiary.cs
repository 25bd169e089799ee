using System.Collections.Immutable;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Sessions;

namespace IptCloud.Domain.Courses;

/// <summary>What a scheduler sees of a course: whose it is and when its sessions are. No phase, no focus, no score, no note, no reason.</summary>
/// <param name="EveryDays">Days between two sessions of a series.</param>
/// <param name="Minutes">The agreed length of a session.</param>
/// <param name="Room">Sessions that may still be booked.</param>
[GenerateSerializer, Immutable, Alias("ipt.courses.diary")]
public sealed record CourseDiary(
    CourseKey Key, CourseStatus Status, ClientId Client, MemberId Therapist, ClinicId Clinic, string Zone, int EveryDays, int Minutes, int Room, ImmutableArray<DiarySession> Sessions)
{
    /// <summary>The trimmed view of a course.</summary>
    public static CourseDiary Of(CourseKey key, CourseState s) => new(
        key, s.Status, s.Client, s.Therapist, s.Clinic, s.ClinicZone, s.Protocol.Sessions.EveryDays, s.Contract?.Minutes ?? s.Protocol.Sessions.Minutes,
        Math.Max(0, s.PlannedSessions - s.AttendedCount - s.Sessions.Count(t => t.IsOpen)),
        [.. s.Sessions.Select(t => new DiarySession(t.Id, t.Time.Local, t.Time.StartsAt, t.Minutes, t.Attendance, t.ArrivedAt is not null, t.RebookRequested))]);
}

/// <summary>A session without what was said in it.</summary>
[GenerateSerializer, Immutable, Alias("ipt.courses.diary-session")]
public sealed record DiarySession(SessionId Id, DateTime Local, DateTimeOffset StartsAt, int Minutes, AttendanceCode? Attendance, bool Arrived, bool AsksForAnother);
