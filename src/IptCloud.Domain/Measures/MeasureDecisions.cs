using System.Collections.Immutable;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Networks;
using IptCloud.Domain.Protocols;
using IptCloud.Domain.Risk;

namespace IptCloud.Domain.Measures;

/// <summary>Decisions about forms. Every answer is stored as given; a safety item is looked at whether or not the form is ever finished.</summary>
internal static class MeasureDecisions
{
    public static Decision Answer(CourseState s, AnswerItem x, DecisionContext c)
    {
        if (s.Measures.FirstOrDefault(m => m.Id == x.Request) is not { } request) return MeasureRefusals.Unknown;
        var known = request.Answers.TryGetValue(x.Item, out var before);
        if (known && before == x.Value) return Decision.Accept();
        if (!request.IsOpen) return MeasureRefusals.Submitted;
        if (c.Actor.Kind == ActorKind.Client && c.Now >= request.ClosesAt) return MeasureRefusals.Expired;
        var instrument = Catalog.Current.Instrument(request.Instrument, request.Version)!;
        var options = instrument.OptionsOf(x.Item);
        if (options.IsEmpty || (x.Value is { } v && options.All(o => o.Value != v))) return MeasureRefusals.BadAnswer;
        return Decision.Accept([new ItemAnswered(x.Request, x.Item, x.Value), .. RiskDecisions.Raise(s, request.Id, instrument, x.Item, x.Value, c)]);
    }

    public static Decision Submit(CourseState s, SubmitMeasure x, DecisionContext c)
    {
        if (s.Measures.FirstOrDefault(m => m.Id == x.Request) is not { } request) return MeasureRefusals.Unknown;
        if (!request.IsOpen) return Decision.Accept();
        if (c.Actor.Kind == ActorKind.Client && c.Now >= request.ClosesAt) return MeasureRefusals.Expired;
        if (request.Answers.IsEmpty) return MeasureRefusals.NothingAnswered;
        return new MeasureSubmitted(x.Request, Score.Of(Catalog.Current.Instrument(request.Instrument, request.Version)!, request.Answers));
    }

    public static Decision Enter(CourseState s, EnterMeasure x, DecisionContext c)
    {
        if (Catalog.Current.Instrument(x.Instrument, x.Version) is not { } instrument) return MeasureRefusals.Unknown;
        if (x.Session is { } session && s.Session(session) is null) return Sessions.SessionRefusals.Unknown;
        var existing = s.Measures.FirstOrDefault(m => m.Id == x.Request);
        if (existing is not null && (existing.Instrument, existing.Version) != (x.Instrument, x.Version)) return MeasureRefusals.Unknown;
        if (existing is { IsOpen: false }) return MeasureRefusals.Submitted;
        if (x.Answers.IsEmpty) return MeasureRefusals.NothingAnswered;
        if (x.Answers.Any(a => instrument.OptionsOf(a.Key).IsEmpty || (a.Value is { } v && instrument.OptionsOf(a.Key).All(o => o.Value != v)))) return MeasureRefusals.BadAnswer;
        List<CourseEvent> events = [];
        if (existing is null) events.Add(new MeasureRequested(x.Request, x.Instrument, x.Version, x.Session, c.Now));
        events.AddRange(x.Answers.Select(a => new ItemAnswered(x.Request, a.Key, a.Value)));
        var all = (existing?.Answers ?? ImmutableSortedDictionary<int, int?>.Empty).SetItems(x.Answers);
        events.Add(new MeasureSubmitted(x.Request, Score.Of(instrument, all)));
        events.Add(new ResultRead(x.Request)); // whoever enters a form has seen it: it must not wait for them among the results to read
        if (instrument.SafetyItem is { } item && x.Answers.TryGetValue(item, out var value)) events.AddRange(RiskDecisions.Raise(s, x.Request, instrument, item, value, c));
        return new([.. events], []);
    }

    public static Decision Read(CourseState s, ReadResult x) =>
        s.Measures.FirstOrDefault(m => m.Id == x.Request) is not { } request ? MeasureRefusals.Unknown
        : request.IsOpen ? MeasureRefusals.NotSubmitted
        : request.ReadBy is not null ? Decision.Accept() : new ResultRead(x.Request);
}
