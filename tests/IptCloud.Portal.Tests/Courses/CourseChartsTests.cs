using IptCloud.Domain.Courses;
using IptCloud.Domain.Protocols;
using IptCloud.Domain.Sessions;

namespace IptCloud.Portal.Courses;

public sealed class CourseChartsTests
{
    private static readonly DateTimeOffset Start = SampleCourse.Start;

    [Fact]
    public void Score_stands_on_the_clinic_s_day_of_handing_in()
    {
        var course = SampleCourse.Begun();
        var sessions = course.Book(1);
        course.HandIn(course.Ask(sessions[0]), new(2026, 10, 5, 23, 30, 0, TimeSpan.Zero), 1);

        var point = Assert.Single(CourseCharts.Points(course.State, "phq-9", Start));

        Assert.Equal((new DateOnly(2026, 10, 6), 9), (point.Date, point.Score));
    }

    [Fact]
    public void What_was_not_returned_leaves_a_gap_once_it_is_over()
    {
        var course = SampleCourse.Begun();
        course.Ask(course.Book(1)[0]);

        Assert.Empty(CourseCharts.Points(course.State, "phq-9", Start.AddHours(-1)));
        var gap = Assert.Single(CourseCharts.Points(course.State, "phq-9", Start.AddDays(1)));
        Assert.Null(gap.Score);
    }

    [Fact]
    public void Incomplete_form_has_no_score_and_says_how_far_it_got()
    {
        var course = SampleCourse.Begun();
        course.HandIn(course.Ask(course.Book(1)[0]), Start.AddHours(-2), 2, open: 2);

        var point = Assert.Single(CourseCharts.Points(course.State, "phq-9", Start));

        Assert.Null(point.Score);
        Assert.EndsWith("incomplete, 7 of 9 answered", point.Occasion, StringComparison.Ordinal);
    }

    [Fact]
    public void Measures_are_kept_apart()
    {
        var course = SampleCourse.Begun();
        var session = course.Book(1)[0];
        course.HandIn(course.Ask(session), Start.AddHours(-2), 1).HandIn(course.Ask(session, "gad-7"), Start.AddHours(-2), 3);

        Assert.Equal(9, Assert.Single(CourseCharts.Points(course.State, "phq-9", Start)).Score);
        Assert.Equal(21, Assert.Single(CourseCharts.Points(course.State, "gad-7", Start)).Score);
    }

    [Fact]
    public void Only_attended_sessions_have_a_number()
    {
        var course = SampleCourse.Begun();
        var s = course.Book(4);
        course.Record(s[0], AttendanceCode.Attended).Record(s[1], AttendanceCode.DidNotAttend).Record(s[2], AttendanceCode.AttendedLate);
        course.Ask(s[2]);

        Assert.Equal([1, null, 2], CourseCharts.Sessions(course.State).Select(m => m.Number));
        Assert.Equal("Before session 2", CourseCharts.Occasion(course.State, course.State.Measures.Single()));
    }

    [Fact]
    public void Phases_and_what_may_explain_a_score_stand_on_their_days()
    {
        var course = SampleCourse.Begun();
        var request = course.Ask(course.Book(1)[0]);
        course.Add(Start.AddDays(3), new FormulationRecorded(1, "…", true)).Add(Start.AddDays(4), new PhaseEntered(Phase.Middle))
            .Add(Start.AddDays(5), new AlertRaised(new(course.Next()), request, 2), "client");

        Assert.Equal([("Initial", new DateOnly(2026, 10, 5)), ("Middle", new DateOnly(2026, 10, 10))], CourseCharts.Phases(course.State).Select(p => (p.Name, p.From)));
        Assert.Equal(["Formulation accepted", "Risk alert"], CourseCharts.Events(course.State).Select(e => e.Text));
    }

    [Fact]
    public void Both_charts_span_the_course_to_its_last_booked_session()
    {
        var course = SampleCourse.Begun();
        course.Book(16);

        Assert.Equal((new DateOnly(2026, 10, 5), new DateOnly(2027, 1, 19)), CourseCharts.Span(course.State, Start));
    }

    [Theory]
    [InlineData("phq-9", 27, 5, 10, 6)]
    [InlineData("gad-7", 21, 4, 8, 4)]
    public void Scale_is_the_instrument_s_own(string id, int max, int bands, int cutoff, int change)
    {
        var scale = CourseCharts.Scale(Catalog.Current.Instrument(id, 1)!);

        Assert.Equal((max, bands, cutoff, change), (scale.Max, scale.Bands.Count, scale.Cutoff, scale.ReliableChange));
        Assert.All(scale.Bands, b => Assert.True((b.ShortName ?? b.Name).Length <= 9));
    }

    [Fact]
    public void Stepper_leads_to_the_next_session_and_to_booking_when_there_is_none()
    {
        var course = SampleCourse.Begun();
        Assert.Equal("/c/sessions/book", CourseSteps.Next(course.State, "/c", Start)!.Href);

        var s = course.Book(2);
        course.Record(s[0], AttendanceCode.Attended);

        Assert.Equal($"/c/sessions/{s[1]}", CourseSteps.Next(course.State, "/c", Start.AddHours(2))!.Href);
        Assert.Equal($"/c/sessions/{s[1]}", CourseSteps.Planned(course.State, "/c", 2));
        Assert.Equal("/c/sessions", CourseSteps.Planned(course.State, "/c", 3));
        Assert.Equal([(1, 3, true), (4, 14, false), (15, 16, false)], CourseSteps.Phases(course.State).Select(p => (p.From, p.To, p.Current)));
    }

    [Fact]
    public void Session_that_is_over_and_not_recorded_is_not_the_next_one()
    {
        var course = SampleCourse.Begun();
        var s = course.Book(3);
        course.Record(s[0], AttendanceCode.Attended);
        var now = course.State.Session(s[1])!.EndsAt;

        Assert.Equal($"/c/sessions/{s[1]}", Assert.Single(CourseSteps.Unrecorded(course.State, "/c", now)).Href);
        Assert.Equal($"/c/sessions/{s[2]}", CourseSteps.Next(course.State, "/c", now)!.Href);
        Assert.Empty(CourseSteps.Unrecorded(course.State, "/c", now.AddMinutes(-1)));
        Assert.Equal($"/c/sessions/{s[1]}", CourseSteps.Next(course.State, "/c", now.AddMinutes(-1))!.Href);
    }

    [Fact]
    public void Answers_of_one_form_are_one_line_of_the_timeline()
    {
        var course = SampleCourse.Begun();
        course.HandIn(course.Ask(course.Book(1)[0]), Start.AddHours(-2), 1);

        var entries = CourseTimeline.Of(course.Events.AsEnumerable().Reverse(), course.Context(Start));

        Assert.Equal(["Handed in the PHQ-9: 9, mild", "Answered 9 questions of the PHQ-9"], entries.Take(2).Select(e => e.What));
        Assert.Equal("the client", entries[1].By);
        Assert.Equal(course.Events.Count - 8, entries.Count);
    }
}
