using IptCloud.Data.Journal;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Inventory;
using IptCloud.Domain.Measures;
using IptCloud.Domain.Protocols;

namespace IptCloud.Portal.Courses;

/// <summary>What a course's end is reviewed by. Pure.</summary>
public static class CourseReview
{
    /// <summary>First and last complete totals of both measures, and the outcome that follows.</summary>
    public static (PairedScore? First, PairedScore? Last, Outcome? Outcome) Pair(CourseState state)
    {
        var phq = state.Scored("phq-9").ToList();
        var gad = state.Scored("gad-7").ToList();
        if (phq.Count == 0 || gad.Count == 0) return default;
        var first = new PairedScore(phq[0].Score!.Total!.Value, gad[0].Score!.Total!.Value);
        var last = new PairedScore(phq[^1].Score!.Total!.Value, gad[^1].Score!.Total!.Value);
        return (first, last, OutcomeRules.Evaluate(first, last, Of(phq[0]), Of(gad[0])));
    }

    /// <summary>Each person as first recorded, whatever became of them since.</summary>
    public static IReadOnlyList<Person> FirstPeople(IEnumerable<RecordedEvent> events) =>
        [.. events.OrderBy(e => e.Seq).Select(e => e.Event).OfType<PersonRecorded>().Select(e => e.Person).DistinctBy(p => p.Id)];

    private static Instrument Of(MeasureRequest request) => Catalog.Current.Instrument(request.Instrument, request.Version)!;
}
