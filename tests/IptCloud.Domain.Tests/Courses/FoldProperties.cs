using CsCheck;

namespace IptCloud.Domain.Tests.Courses;

/// <summary>The fold is total: whatever stands in a journal, in whatever order, a course can be read.</summary>
public sealed class FoldProperties
{
    private static readonly Gen<(CourseEvent Event, EventMeta Meta)[]> Journals =
        Gen.Select(Arbitrary.AnyOf<CourseEvent>(), Arbitrary.Of(typeof(EventMeta)).Select(m => (EventMeta)m!)).Array[0, 60];

    [Fact]
    public void Any_events_in_any_order_fold_without_throwing_and_leave_the_client_in_peace_where_it_must_be() =>
        Journals.Sample(journal =>
        {
            var s = CourseState.Empty;
            foreach (var (e, meta) in journal)
            {
                s = s.Apply(e, meta);
                Invariants.ClientIsLeftInPeace(s);
                Invariants.Numbers(s);
                Assert.Equal(DueWork.Of(s), DueWork.Of(s));
                _ = (s.AttendedCount, s.NextSession, s.HasOpenAlert, s.IsRunning, s.Scored("phq-9").ToList());
            }
        }, iter: 500);

    [Fact]
    public void Folding_twice_gives_the_same_state() =>
        Journals.Sample(journal =>
        {
            CourseState Fold() => journal.Aggregate(CourseState.Empty, (s, e) => s.Apply(e.Event, e.Meta));
            Assert.Equal(Printed(Fold()), Printed(Fold()));
        }, iter: 50);

    [Fact]
    public void Every_kind_of_event_is_folded()
    {
        foreach (var type in Arbitrary.Concrete<CourseEvent>())
        {
            var folded = false;
            Gen.Select(Arbitrary.Of(type), Arbitrary.Of(typeof(EventMeta))).Sample(
                (e, meta) => { folded |= !ReferenceEquals(CourseState.Empty, CourseState.Empty.Apply((CourseEvent)e!, (EventMeta)meta!)); }, iter: 20, threads: 1);
            Assert.True(folded, $"{type.Name} is not folded.");
        }
    }

    private static string Printed(CourseState s) => System.Text.Json.JsonSerializer.Serialize(s with { ProtocolId = s.ProtocolId == "ipt-16-uk" ? s.ProtocolId : "ipt-16", ProtocolVersion = 1 });
}
