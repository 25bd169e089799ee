namespace IptCloud.Portal.Shared;

/// <summary>A phase and the session numbers that its protocol gives it.</summary>
/// <param name="Name">Initial, Middle or Ending.</param>
/// <param name="From">First session number.</param>
/// <param name="To">Last session number.</param>
/// <param name="Current">Whether the course is in it. This is the course's word, not arithmetic: a course may stay longer.</param>
public sealed record StepperPhase(string Name, int From, int To, bool Current = false);

/// <summary>A session that was booked and is over.</summary>
/// <param name="Date">Its day.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Href">Its page.</param>
public sealed record StepperSession(DateOnly Date, StepKind Kind, string Href);

/// <summary>A session that is over and was not recorded.</summary>
/// <param name="Date">Its day.</param>
/// <param name="Href">Its page.</param>
public sealed record StepperOpen(DateOnly Date, string Href);

/// <summary>The session that comes next.</summary>
/// <param name="Date">Its day, when booked.</param>
/// <param name="Href">Its page, or where to book it.</param>
public sealed record StepperNext(DateOnly? Date, string Href);

internal enum MarkLook { Done, Missed, Cancelled, Unrecorded, Next, Planned }

internal sealed record StepperMark(MarkLook Look, int? Number, string? Href, string Words);

/// <summary>Numbers the attended sessions and puts every mark into its phase.</summary>
internal static class StepperMarks
{
    internal static ILookup<StepperPhase, StepperMark> Lay(
        IReadOnlyList<StepperPhase> phases, IReadOnlyList<StepperSession> held, IReadOnlyList<StepperOpen> unrecorded, StepperNext? next, Func<int, string>? planned)
    {
        var marks = new List<(StepperPhase Phase, StepperMark Mark)>();
        var count = 0;
        foreach (var session in held.OrderBy(s => s.Date))
        {
            var day = Uk.FullDate(session.Date);
            if (session.Kind.Counts())
            {
                count++;
                Add(count, new(MarkLook.Done, count, session.Href, $"Session {count}, {session.Kind.Words()}, {day}"));
            }
            else
            {
                var look = session.Kind.Cancelled() ? MarkLook.Cancelled : MarkLook.Missed;
                Add(count + 1, new(look, null, session.Href, $"{day}, {session.Kind.Words()}, not counted"));
            }
        }

        // It has the number that it gets if it was attended: the same as on its own page.
        foreach (var open in unrecorded.OrderBy(s => s.Date))
        {
            count++;
            Add(count, new(MarkLook.Unrecorded, count, open.Href, $"Session {count}, not recorded, {Uk.FullDate(open.Date)}"));
        }

        if (next is not null)
        {
            count++;
            var when = next.Date is { } date ? Uk.FullDate(date) : "not booked";
            Add(count, new(MarkLook.Next, count, next.Href, $"Session {count}, next, {when}"));
        }

        var last = phases.Count == 0 ? 0 : phases.Max(p => p.To);
        for (var number = count + 1; number <= last; number++)
            Add(number, new(MarkLook.Planned, number, planned?.Invoke(number), $"Session {number}, planned"));
        return marks.ToLookup(m => m.Phase, m => m.Mark);

        void Add(int number, StepperMark mark)
        {
            var phase = phases.FirstOrDefault(p => number >= p.From && number <= p.To) ?? (phases.Count > 0 ? phases[^1] : null);
            if (phase is not null) marks.Add((phase, mark));
        }
    }
}
