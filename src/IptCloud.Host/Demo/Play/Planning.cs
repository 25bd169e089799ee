using System.Collections.Immutable;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Sessions;
using IptCloud.Domain.Time;
using IptCloud.Host.Demo.Texts;

namespace IptCloud.Host.Demo.Play;

/// <summary>Starting, booking, moving, pausing and handing over.</summary>
internal static class Planning
{
    private static readonly ImmutableArray<double> OtherHours = [9, 10, 11, 13, 14, 15, 16, 17];

    public static IEnumerable<Act> Of(Scene x)
    {
        var s = x.State;
        if (s.Status == CourseStatus.Referred && x.Fate.Loose != Loose.Referral)
        {
            var start = s.ReferredAt.AddDays(x.Fate.Steady ? 1 : x.Fate.StartAfter);
            yield return Act.Of(x.Fate.Steady ? start : x.Working(start, "start"), x.Therapist, "start", new StartCourse());
        }

        if (Booking(x) is { } booking) yield return booking;
        foreach (var act in Moves(x).Concat(Pauses(x))) yield return act;
        if (x is { IsActive: true, Fate.Transfers: true, Attended.Length: >= 5 } && s.Therapist == x.Case.Therapist.Id && DemoNetwork.Therapists(x.Case.Clinic).FirstOrDefault(m => m.Id != s.Therapist) is { } other)
            yield return Act.Of(x.Working(x.LastEnd.AddDays(1), "transfer"), DemoNetwork.Supervisor.Actor, "transfer", new TransferCourse(other.Id, Phrases.Transfer));
    }

    /// <summary>Four sessions to begin with, the rest of the contract once it is agreed, and a new last one for each that was lost.</summary>
    private static Act? Booking(Scene x)
    {
        var s = x.State;
        if (!x.IsActive || x.IsOver) return null;
        var open = s.Sessions.Count(t => t.IsOpen);
        var room = s.PlannedSessions - x.Attended.Length - open;
        var count = s.Sessions.IsEmpty ? Math.Min(4, room) : s.Contract is not null && open <= 2 ? room : open == 0 ? Math.Min(2, room) : 0;
        if (count <= 0) return null;

        var at = s.Sessions.IsEmpty ? s.StartedAt!.Value.AddMinutes(15) : s.Sessions.Where(t => !t.IsOpen).Select(t => t.EndsAt).Append(s.Contract?.AgreedAt ?? s.StartedAt!.Value).Max().AddMinutes(20);
        var attempt = x.Tried.Count(k => k.StartsWith($"book/{s.Sessions.Length}/", StringComparison.Ordinal));
        if (attempt >= 5 * OtherHours.Length) return null;
        var first = First(x, at > x.Now ? at : x.Now, attempt);
        var ids = Enumerable.Range(s.Sessions.Length, count).Select(i => x.Case.Derive<SessionId>($"session/{i}")).ToImmutableArray();
        return Act.Of(at, x.Therapist, $"book/{s.Sessions.Length}/{attempt}",
            new BookSeries(x.Case.Derive<SeriesId>($"series/{s.Sessions.Length}"), ids, first, s.Contract?.Minutes ?? s.Protocol.Sessions.Minutes));
    }

    /// <summary>The usual hour, a week after the last session; where that is taken, another hour or day.</summary>
    private static DateTime First(Scene x, DateTimeOffset from, int attempt)
    {
        var (s, local) = (x.State, LocalTime.ToLocal(from, x.State.ClinicZone));
        DateTime first;
        if (s.Sessions.IsEmpty)
        {
            first = local.Date.AddDays(2) + x.Case.At.ToTimeSpan();
            while (first.DayOfWeek != x.Case.Day || first < local.AddDays(2)) first = first.AddDays(1);
        }
        else
        {
            first = s.Sessions[^1].Time.Local.AddDays(7);
            while (first < local.AddHours(20)) first = first.AddDays(7);
        }

        return attempt == 0 ? first : first.Date.AddDays((attempt - 1) / OtherHours.Length).AddHours(OtherHours[(x.Case.Index + attempt) % OtherHours.Length]);
    }

    /// <summary>Now and then one session moves to noon, an hour that no series uses.</summary>
    private static IEnumerable<Act> Moves(Scene x) =>
        x.Fate.Steady || x.Fate.Transfers ? [] : x.State.Sessions
            .Where(t => t.IsOpen && t.Time.Local.Hour != 12 && x.Dice.Happens(0.05, $"{t.Id} moves"))
            .Select(t => Act.Of(x.Working(t.Time.StartsAt.AddDays(-3), $"{t.Id} moves"), x.Therapist, $"move/{t.Id}", new MoveSession(t.Id, t.Time.Local, t.Time.Local.Date.AddHours(12), MoveScope.This)))
            .Where(a => a.At > x.Now.AddDays(-1));

    private static IEnumerable<Act> Pauses(Scene x)
    {
        var s = x.State;
        if (x is { IsActive: true, Fate.HoldAfter: { } n } && x.Attended.Length == n && !s.HasOpenAlert)
            yield return Act.Of(x.Working(x.LastEnd.AddDays(1), "hold"), x.Therapist, "hold", new HoldCourse(x.Dice.Pick(Phrases.Holds, "hold")));
        if (s is not { Status: CourseStatus.OnHold, HeldSince: { } since }) yield break;
        var resume = x.Working(since.AddDays(7 * Math.Max(1, x.Fate.HoldWeeks)), "resume");
        yield return Act.Of(resume, x.Therapist, "resume", new ResumeCourse());
        foreach (var t in s.Sessions.Where(t => t.IsOpen && t.Time.StartsAt < resume))
            yield return Act.Of(Later(since.AddMinutes(10), x.Working(t.Time.StartsAt.AddDays(-4), $"{t.Id} hold")), x.Therapist, $"attend/{t.Id}", new RecordAttendance(t.Id, AttendanceCode.CancelledByClient, "The course is on hold.", null));
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
