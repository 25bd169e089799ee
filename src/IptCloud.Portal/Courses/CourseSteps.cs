using IptCloud.Domain.Courses;
using IptCloud.Domain.Protocols;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Courses;

/// <summary>A course's state as the phase stepper draws it.</summary>
public static class CourseSteps
{
    /// <summary>The phases with the session numbers that the protocol and the contract give them.</summary>
    public static IReadOnlyList<StepperPhase> Phases(CourseState state) =>
    [
        .. Enum.GetValues<Phase>().Select(p => (Phase: p, Plan: state.Protocol.PlanFor(p, state.PlannedSessions)))
            .Select(p => new StepperPhase(Labels.Of(p.Phase), p.Plan.From, p.Plan.To, state.IsRunning && p.Phase == state.Phase)),
    ];

    /// <summary>What became of each session.</summary>
    public static IReadOnlyList<StepperSession> Held(CourseState state, string root) =>
        [.. state.Sessions.Where(s => s.Attendance is not null).Select(s => new StepperSession(DateOnly.FromDateTime(s.Time.Local), Labels.Kind(s.Attendance!.Value), $"{root}/sessions/{s.Id}"))];

    /// <summary>Sessions that are over and of which nobody has said what became.</summary>
    public static IReadOnlyList<StepperOpen> Unrecorded(CourseState state, string root, DateTimeOffset now) =>
        state.Status == CourseStatus.Closed ? [] : [.. state.Sessions.Where(s => s.IsOpen && s.EndsAt <= now).Select(s => new StepperOpen(DateOnly.FromDateTime(s.Time.Local), $"{root}/sessions/{s.Id}"))];

    /// <summary>The session to come, booked or to be booked; null once all are over. One that is over is not next, recorded or not.</summary>
    public static StepperNext? Next(CourseState state, string root, DateTimeOffset now) =>
        state.Status == CourseStatus.Closed ? null
        : state.Sessions.FirstOrDefault(s => s.IsOpen && s.EndsAt > now) is { } next ? new(DateOnly.FromDateTime(next.Time.Local), $"{root}/sessions/{next.Id}")
        : state.IsRunning && state.AttendedCount + state.Sessions.Count(s => s.IsOpen) < state.PlannedSessions ? new(null, $"{root}/sessions/book") : null;

    /// <summary>The page of a planned session: its own if it is booked, else the list.</summary>
    public static string Planned(CourseState state, string root, int number) =>
        state.Sessions.FirstOrDefault(s => s.IsOpen && state.ExpectedNumber(s) == number) is { } session ? $"{root}/sessions/{session.Id}" : $"{root}/sessions";
}
