using IptCloud.Domain.Courses;
using IptCloud.Domain.Measures;
using IptCloud.Domain.Protocols;
using IptCloud.Domain.Time;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Courses;

/// <summary>A course's state as its charts draw it. Pure; the axis is the date at the clinic.</summary>
public static class CourseCharts
{
    /// <summary>How an instrument is read.</summary>
    public static ScoreScale Scale(Instrument instrument) => new(
        instrument.ShortTitle, instrument.Maximum,
        [.. instrument.Bands.Select(b => new ScoreBand(b.Name, b.From, b.To, Abbreviated(b.Name)))], instrument.Caseness, instrument.ReliableChange);

    /// <summary>
    /// Every form of an instrument that is over: a total on the day it was handed in, a gap where it was not returned or not complete.
    /// A form that may still be answered is neither.
    /// </summary>
    public static IReadOnlyList<ScorePoint> Points(CourseState state, string instrument, DateTimeOffset now) =>
    [
        .. state.Measures.Where(m => m.Instrument == instrument && (m.SubmittedAt is not null || m.ClosesAt <= now))
            .Select(m => new ScorePoint(Day(state, m.SubmittedAt ?? m.ClosesAt), m.Score?.Total, Occasion(state, m)))
            .Concat(Unasked(state, instrument)).OrderBy(p => p.Date),
    ];

    /// <summary>Sessions for which the protocol plans the measure and nobody asked: they leave a gap like a form that was not returned.</summary>
    private static IEnumerable<ScorePoint> Unasked(CourseState state, string instrument) =>
        from s in state.Sessions
        where s.WasAttended && state.Protocol.Measures.Any(p => p.Instrument == instrument && (s.Number - 1) % p.EverySessions == 0)
        let day = DateOnly.FromDateTime(s.Time.Local)
        where !state.Measures.Any(m => m.Instrument == instrument && (m.Session == s.Id || (m.SubmittedAt is { } at && Day(state, at) == day)))
        select new ScorePoint(day, null, CourseContext.Title(s));

    /// <summary>When each phase was entered.</summary>
    public static IReadOnlyList<ChartPhase> Phases(CourseState state) => [.. state.Phases.Select(p => new ChartPhase(Labels.Of(p.Phase), Day(state, p.At)))];

    /// <summary>What may explain a score: alerts, the accepted formulation, a renewed contract, a hold.</summary>
    public static IReadOnlyList<ChartEvent> Events(CourseState state)
    {
        List<ChartEvent> events = [.. state.Alerts.Select(a => new ChartEvent(Day(state, a.RaisedAt), "Risk alert"))];
        events.AddRange(state.Formulations.Where(f => f.Accepted).Select(f => new ChartEvent(Day(state, f.At), f.Version == 1 ? "Formulation accepted" : $"Formulation, version {f.Version}, accepted")));
        if (state.Contract is { } contract && contract.Sessions > state.Protocol.Sessions.Maximum) events.Add(new(Day(state, contract.AgreedAt), $"Contract renewed: {contract.Sessions} sessions"));
        if (state.HeldSince is { } held) events.Add(new(Day(state, held), "Put on hold"));
        return [.. events.OrderBy(e => e.Date)];
    }

    /// <summary>Every session with a recorded attendance.</summary>
    public static IReadOnlyList<ChartSession> Sessions(CourseState state) =>
        [.. state.Sessions.Where(s => s.Attendance is not null).Select(s => new ChartSession(DateOnly.FromDateTime(s.Time.Local), Labels.Kind(s.Attendance!.Value), s.Number))];

    /// <summary>The days both charts of a course span, so that they can be compared: from the start to the last session booked.</summary>
    public static (DateOnly From, DateOnly To) Span(CourseState state, DateTimeOffset now)
    {
        var days = state.Measures.Select(m => Day(state, m.SubmittedAt ?? m.RequestedAt)).Concat(state.Sessions.Select(s => DateOnly.FromDateTime(s.Time.Local)))
            .Append(Day(state, state.StartedAt ?? state.ReferredAt)).ToList();
        var to = days.Max();
        return (days.Min(), state.Status == CourseStatus.Closed || to > Day(state, now) ? to : Day(state, now));
    }

    /// <summary>"Before session 3", "Between sessions".</summary>
    public static string Occasion(CourseState state, MeasureRequest request)
    {
        var of = request.Session is { } id && state.Session(id) is { } session
            ? session.Number is { } number ? $"Before session {number}" : $"Before the session of {Uk.DayMonth(DateOnly.FromDateTime(session.Time.Local))}"
            : "Asked for apart";
        return request.Score is { Total: null } score ? $"{of}; incomplete, {score.Answered} of {score.Items} answered" : of;
    }

    /// <summary>The instruments that the course's protocol plans, and any other it has been given.</summary>
    public static IEnumerable<Instrument> Instruments(CourseState state) =>
        state.Protocol.Measures.Select(m => (m.Instrument, m.Version)).Concat(state.Measures.Select(m => (m.Instrument, m.Version)))
            .DistinctBy(m => m.Instrument).Select(m => Catalog.Current.Instrument(m.Instrument, m.Version)).OfType<Instrument>();

    private static DateOnly Day(CourseState state, DateTimeOffset at) => LocalTime.DateOf(at, state.ClinicZone);

    /// <summary>"Mod. sev." for names that have no room on a narrow drawing.</summary>
    private static string? Abbreviated(string name) =>
        name.Length <= 9 ? null : string.Join(' ', name.Split(' ').Select(w => w.Length <= 4 ? w : w[..3] + "."));
}
