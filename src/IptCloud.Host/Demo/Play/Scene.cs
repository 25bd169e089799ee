using System.Collections.Immutable;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Networks;
using IptCloud.Domain.Protocols;
using IptCloud.Domain.Sessions;
using IptCloud.Domain.Time;

namespace IptCloud.Host.Demo.Play;

/// <summary>A course at a moment, with the questions that all parts of the script ask.</summary>
/// <param name="Tried">Keys of the steps already taken, accepted or refused: none is taken twice.</param>
/// <param name="SeedEnd">Where the seeded history ends; null once life goes on.</param>
internal sealed record Scene(DemoCase Case, CourseState State, DateTimeOffset Now, IReadOnlySet<string> Tried, DateTimeOffset? SeedEnd)
{
    public Dice Dice => Case.Dice;

    public Fate Fate => Case.Fate;

    /// <summary>Who treats the client now.</summary>
    public Actor Therapist { get; } = (DemoNetwork.Find(State.Therapist) ?? Case.Therapist).Actor;

    public bool IsActive => State.Status == CourseStatus.Active;

    /// <summary>Attended sessions in order.</summary>
    public ImmutableArray<Session> Attended { get; } = [.. State.Sessions.Where(t => t.WasAttended)];

    /// <summary>The end of the last attended session.</summary>
    public DateTimeOffset LastEnd => Attended is [.., var last] ? last.EndsAt : State.StartedAt ?? State.ReferredAt;

    /// <summary>Enough sessions for a course that ends early.</summary>
    public bool IsOver => Fate.EndAfter is { } n && Attended.Length >= n;

    /// <summary>The session that a loose end is about: yesterday's, or the one that the alert precedes.</summary>
    public bool IsKey(Session t) => SeedEnd is { } end && Fate.Loose != Loose.None && t.Time.StartsAt > end.AddDays(-4) && t.Time.StartsAt <= end.AddDays(1);

    /// <summary>After a phase's nth session, in minutes past its end.</summary>
    public DateTimeOffset? After(int number, double minutes) => Attended.Length >= number && number > 0 ? Attended[number - 1].EndsAt.AddMinutes(minutes) : null;

    /// <summary>The instant itself, or the next one at which a clinic works.</summary>
    public DateTimeOffset Working(DateTimeOffset at, string question)
    {
        var local = LocalTime.ToLocal(at, State.ClinicZone);
        var next = local;
        if (next.Hour >= 18) next = next.Date.AddDays(1);
        while (next.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) next = next.Date.AddDays(1);
        if (next.Hour < 8) next = next.Date.AddHours(8.75) + Dice.Minutes(0, 50, question);
        return next == local ? at : LocalTime.ToInstant(next, State.ClinicZone);
    }

    public IEnumerable<string> OpenTasks(Phase phase) => State.OpenTasks(phase);
}
