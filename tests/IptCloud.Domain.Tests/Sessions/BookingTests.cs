namespace IptCloud.Domain.Tests.Sessions;

/// <summary>Booking and moving sessions.</summary>
public sealed class BookingTests
{
    private readonly CourseDriver c = new CourseDriver().Started().Agreed();

    private BookSeries Series(DateTime first, params SessionId[] ids) => new(c.New<SeriesId>(), [.. ids], first, 50);

    private IEnumerable<DateTime> Starts => c.State.Sessions.Select(s => s.Time.Local);

    [Fact]
    public void A_series_stands_at_the_same_wall_clock_time_every_week()
    {
        c.Book(16);
        Assert.Equal(Enumerable.Range(0, 16).Select(week => new DateTime(2026, 9, 8, 10, 0, 0).AddDays(7 * week)), Starts);
        Assert.All(c.State.Sessions, s => Assert.Equal((s.Time.StartsAt.AddMinutes(65), 50, Clinic.London), (s.Time.CheckAt, s.Minutes, s.Zone)));
        Assert.Single(c.State.Sessions.Select(s => s.Series).Distinct());
    }

    [Fact]
    public void What_can_not_be_booked_is_refused()
    {
        Assert.Equal("session.none", c.Refused(Series(c.LocalNow.AddDays(1))).Code);
        Assert.Equal("session.none", c.Refused(new BookSeries(default, default, c.LocalNow.AddDays(1), 50)).Code);
        Assert.Equal("session.in-past", c.Refused(Series(c.LocalNow.AddMinutes(-1), c.New<SessionId>())).Code);
        Assert.Equal("session.too-far", c.Refused(Series(c.LocalNow.AddDays(731), c.New<SessionId>())).Code);
        Assert.Equal("minutes", c.Refused(Series(c.LocalNow.AddDays(1), c.New<SessionId>()) with { Minutes = 14 }).Code);
        Assert.Equal("session.beyond-contract", c.Refused(Series(c.LocalNow.AddDays(1), [.. Enumerable.Range(0, 17).Select(_ => c.New<SessionId>())])).Code);
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    public void A_date_at_the_edge_of_the_calendar_is_refused_and_not_a_crash(string zone)
    {
        var course = new CourseDriver(zone: zone).Started().Agreed();
        Assert.Equal("session.in-past", course.Refused(Series(DateTime.MinValue, c.New<SessionId>())).Code);
        Assert.Equal("session.too-far", course.Refused(Series(DateTime.MaxValue, c.New<SessionId>())).Code);
    }

    [Fact]
    public void Booking_the_same_series_again_books_nothing()
    {
        var series = Series(c.LocalNow.AddDays(1), c.New<SessionId>(), c.New<SessionId>());
        c.Do(series);
        Assert.Empty(c.Do(series));
        Assert.Equal(2, c.State.Sessions.Length);
    }

    [Fact]
    public void An_id_names_one_session_only()
    {
        var id = c.New<SessionId>();
        Assert.Equal("session.id-taken", c.Refused(Series(c.LocalNow.AddDays(1), id, id)).Code);
        c.Do(Series(c.LocalNow.AddDays(1), id));
        Assert.Equal("session.id-taken", c.Refused(Series(c.LocalNow.AddDays(1), id, c.New<SessionId>())).Code);
    }

    [Fact]
    public void Moving_this_session_leaves_the_others()
    {
        var ids = c.Book(3);
        var seen = c.Session(ids[1]).Time.Local;
        c.Do(new MoveSession(ids[1], seen, seen.AddDays(1).AddHours(3), MoveScope.This));
        Assert.Equal([new(2026, 9, 8, 10, 0, 0), new(2026, 9, 16, 13, 0, 0), new DateTime(2026, 9, 22, 10, 0, 0)], Starts);
    }

    [Fact]
    public void Moving_this_and_following_moves_the_rest_of_its_series_by_the_same_distance()
    {
        var ids = c.Book(4);
        var other = c.Book(inDays: 24)[0];
        c.Record(ids[3], AttendanceCode.CancelledByService);
        var seen = c.Session(ids[1]).Time.Local;
        c.Do(new MoveSession(ids[1], seen, seen.AddDays(2).AddMinutes(30), MoveScope.ThisAndFollowing));
        Assert.Equal(new DateTime(2026, 9, 8, 10, 0, 0), c.Session(ids[0]).Time.Local);
        Assert.Equal(new DateTime(2026, 9, 17, 10, 30, 0), c.Session(ids[1]).Time.Local);
        Assert.Equal(new DateTime(2026, 9, 24, 10, 30, 0), c.Session(ids[2]).Time.Local);
        Assert.Equal(new DateTime(2026, 9, 29, 10, 0, 0), c.Session(ids[3]).Time.Local);
        Assert.Equal(new DateTime(2026, 9, 25, 10, 0, 0), c.Session(other).Time.Local);
        Assert.Equal(c.Session(ids[2]).Time.StartsAt.AddMinutes(65), c.Session(ids[2]).Time.CheckAt);
    }

    [Fact]
    public void What_can_not_be_moved_is_refused()
    {
        var id = c.Book()[0];
        var seen = c.Session(id).Time.Local;
        Assert.Equal("session.in-past", c.Refused(new MoveSession(id, seen, c.LocalNow.AddDays(-1), MoveScope.This)).Code);
        Assert.Equal("session.in-past", c.Refused(new MoveSession(id, seen, default, MoveScope.This)).Code);
        Assert.Equal("session.unknown", c.Refused(new MoveSession(c.New<SessionId>(), seen, seen, MoveScope.This)).Code);
        c.Attend(id);
        Assert.Equal("session.not-open", c.Refused(new MoveSession(id, seen, seen.AddDays(7), MoveScope.This)).Code);
    }

    [Fact]
    public void Moving_to_where_it_stands_changes_nothing()
    {
        var (_, id) = c.Invited();
        var seen = c.Session(id).Time.Local;
        Assert.Empty(c.Do(new MoveSession(id, seen, seen, MoveScope.This)));
    }

    [Fact]
    public void A_moved_session_is_reminded_of_its_new_time_and_asks_for_its_forms_again()
    {
        var (form, id) = c.Invited();
        var seen = c.Session(id).Time.Local;
        c.Do(new MoveSession(id, seen, seen.AddDays(7), MoveScope.This));
        c.WakeUntil(c.Session(id).Time.StartsAt);
        Assert.Equal(2, c.ToClient.Count());
        Assert.Equal(seen.AddDays(7), c.ToClient.Last().SessionLocal);
        Assert.Equal(["reminder", "measures"], c.ToClient.Last().Intents.Select(i => i.Purpose));
        Assert.Equal(2, c.State.Measures.Length);
        c.Do(new AnswerItem(form, 1, 1), Clinic.Client);
    }

    [Fact]
    public void A_session_moved_there_and_back_is_not_reminded_twice_of_the_same_time()
    {
        var (_, id) = c.Invited();
        var seen = c.Session(id).Time.Local;
        c.Do(new MoveSession(id, seen, seen.AddDays(1), MoveScope.This));
        c.Do(new MoveSession(id, seen.AddDays(1), seen, MoveScope.This));
        c.WakeUntil(c.Session(id).Time.StartsAt);
        Assert.Single(c.ToClient);
    }

    [Fact]
    public void A_moved_session_is_flagged_after_its_new_end()
    {
        var id = c.Book()[0];
        c.WakeUntil(c.Session(id).Time.CheckAt);
        Assert.NotNull(c.Session(id).FlaggedAt);
        c.Do(new MoveSession(id, c.Session(id).Time.Local, c.Session(id).Time.Local.AddDays(2), MoveScope.This));
        Assert.Equal((null, null), (c.Session(id).FlaggedAt, c.Session(id).MissedAt));
    }
}
