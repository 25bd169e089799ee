using System.Collections.Immutable;
using IptCloud.Contracts.Courses;
using IptCloud.Data.Networks;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using IptCloud.Domain.Protocols;
using IptCloud.Domain.Sessions;
using IptCloud.Domain.Time;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Courses;

/// <summary>A course as its pages show it: the state, the names that belong to it, and what the reader may do.</summary>
/// <param name="Client">The client's name; shown, never part of an address.</param>
/// <param name="Now">By the clinic clock.</param>
/// <param name="AsOf">The day as of which the course is shown; null for today.</param>
public sealed record CourseContext(CourseView View, string Client, DateTimeOffset Now, Membership Me, ImmutableDictionary<MemberId, string> Members, DateOnly? AsOf = null)
{
    /// <summary>Clinic seconds per second, for what counts on while the page is open.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>The course's state.</summary>
    public CourseState State => View.State;

    /// <summary>The address of the course's page.</summary>
    public string Root => $"/courses/{View.Key.Course}";

    /// <summary>The reader is the course's therapist and looks at the present.</summary>
    public bool MayAct => View.MayAct && AsOf is null;

    /// <summary>The reader is its therapist or a supervisor of its clinic.</summary>
    public bool MaySupervise => AsOf is null && (View.MayAct || AccessTable.Allows(Act.OverseeCourse, Me.Actor, new(State.Clinic, State.Therapist)));

    /// <summary>Words for events, with this course's names.</summary>
    public CourseNames Names => new(State, Members);

    /// <summary>A colleague's name.</summary>
    public string Member(MemberId? member) => member is { } id ? Members.GetValueOrDefault(id, "a former colleague") : "the system";

    /// <summary>The wall-clock time of an instant at the clinic.</summary>
    public DateTime Local(DateTimeOffset at) => LocalTime.ToLocal(at, State.ClinicZone);

    /// <summary>The day of an instant at the clinic.</summary>
    public DateOnly Day(DateTimeOffset at) => LocalTime.DateOf(at, State.ClinicZone);

    /// <summary>"Tuesday 24 November 2026, 10:00".</summary>
    public string When(DateTimeOffset at) => Words.Of(Local(at));

    /// <summary>"24 November 2026".</summary>
    public string Date(DateTimeOffset at) => Uk.FullDate(Day(at));

    /// <summary>The page of a session.</summary>
    public string Href(SessionId session) => $"{Root}/sessions/{session}";

    /// <summary>"Session 7" once it counts, else its day.</summary>
    public static string Title(Session? session) => session is null ? "Session" : session.Number is { } number ? $"Session {number}" : $"Session of {Uk.FullDate(DateOnly.FromDateTime(session.Time.Local))}";

    /// <summary>The instrument of a form, as shipped.</summary>
    public static Domain.Measures.Instrument? Instrument(Domain.Measures.MeasureRequest request) => Catalog.Current.Instrument(request.Instrument, request.Version);
}
