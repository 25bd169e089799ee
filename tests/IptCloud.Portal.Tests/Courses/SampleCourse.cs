using System.Collections.Immutable;
using IptCloud.Contracts.Courses;
using IptCloud.Data.Journal;
using IptCloud.Data.Networks;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Measures;
using IptCloud.Domain.Networks;
using IptCloud.Domain.Protocols;
using IptCloud.Domain.Sessions;
using IptCloud.Domain.Time;

namespace IptCloud.Portal.Courses;

/// <summary>A course made of events, as the journal would give it back.</summary>
internal sealed class SampleCourse
{
    public static readonly DateTimeOffset Start = new(2026, 10, 6, 9, 0, 0, TimeSpan.Zero);
    public static readonly MemberId Therapist = new(Guid.Parse("018f0000-0000-7000-8000-000000000001"));
    private const string Zone = "Europe/London";
    private readonly ClinicId clinic = new(Guid.Parse("018f0000-0000-7000-8000-000000000002"));
    private readonly CourseKey key = new(new(Guid.Parse("018f0000-0000-7000-8000-000000000003")), new(Guid.Parse("018f0000-0000-7000-8000-000000000004")));
    private int made;

    public CourseState State { get; private set; } = CourseState.Empty;

    public List<RecordedEvent> Events { get; } = [];

    /// <summary>Referred and begun.</summary>
    public static SampleCourse Begun()
    {
        var course = new SampleCourse();
        course.Add(Start.AddDays(-7), new CourseReferred(new(course.Next()), Therapist, course.clinic, Zone, "ipt-16", 1, "Low mood since spring."));
        course.Add(Start.AddDays(-1), new CourseStarted());
        return course;
    }

    public Guid Next() => new(++made, 0, 0, new byte[8]);

    public SampleCourse Add(DateTimeOffset at, CourseEvent e, string? actor = null)
    {
        var meta = new EventMeta(at, at, actor ?? $"member:{Therapist}", actor is null ? Therapist : null, null, new(Next()));
        State = State.Apply(e, meta);
        Events.Add(new(Events.Count + 1, Next(), e, meta));
        return this;
    }

    /// <summary>Weekly sessions from <see cref="Start"/>, at ten o'clock by the clinic's wall.</summary>
    public ImmutableArray<SessionId> Book(int count)
    {
        var times = Enumerable.Range(0, count).Select(week =>
        {
            var local = new DateTime(2026, 10, 6, 10, 0, 0).AddDays(7 * week);
            var starts = LocalTime.ToInstant(local, Zone);
            return new BookedTime(new(Next()), local, starts, starts.AddDays(-1), starts.AddHours(1));
        }).ToImmutableArray();
        Add(Start.AddDays(-1), new SessionsBooked(new(Next()), Zone, 50, times));
        return [.. times.Select(t => t.Session)];
    }

    public SampleCourse Record(SessionId session, AttendanceCode code) =>
        Add(State.Session(session)!.EndsAt, new AttendanceRecorded(session, code, "", false, false, null, null, null));

    /// <summary>A form asked for before a session.</summary>
    public RequestId Ask(SessionId session, string instrument = "phq-9")
    {
        var request = new RequestId(Next());
        Add(State.Session(session)!.Time.StartsAt.AddDays(-1), new MeasureRequested(request, instrument, 1, session, State.Session(session)!.EndsAt), "system");
        return request;
    }

    /// <summary>The form handed in with the same answer everywhere, except to the last <paramref name="open"/> questions.</summary>
    public SampleCourse HandIn(RequestId request, DateTimeOffset at, int answer, int open = 0)
    {
        var form = State.Measures.First(m => m.Id == request);
        var instrument = Catalog.Current.Instrument(form.Instrument, form.Version)!;
        foreach (var item in instrument.Items.SkipLast(open)) Add(at, new ItemAnswered(request, item.Number, answer), "client");
        return Add(at, new MeasureSubmitted(request, Score.Of(instrument, State.Measures.First(m => m.Id == request).Answers)), "client");
    }

    public CourseContext Context(DateTimeOffset now, bool mayAct = true) => new(
        new CourseView(key, Events.Count, State, mayAct), "Amara O.", now, new Membership(key.Network, "Riverside", Therapist, "Dr Siân Whitfield", Roles.Therapist, [clinic]),
        ImmutableDictionary<MemberId, string>.Empty.Add(Therapist, "Dr Siân Whitfield"));
}
