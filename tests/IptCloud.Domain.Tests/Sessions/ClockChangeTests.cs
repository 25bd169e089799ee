namespace IptCloud.Domain.Tests.Sessions;

/// <summary>A series across the nights on which clocks change: the wall clock stays, the instant moves.</summary>
public sealed class ClockChangeTests
{
    /// <summary>Two weekly sessions, one either side of the change.</summary>
    private static (CourseDriver Course, ImmutableArray<SessionId> Ids) Around(string zone, DateTime first)
    {
        var c = new CourseDriver(zone: zone, clientZone: zone, at: first.Date.AddDays(-3).AddHours(9)).Started().Agreed();
        ImmutableArray<SessionId> ids = [c.New<SessionId>(), c.New<SessionId>()];
        c.Do(new BookSeries(c.New<SeriesId>(), ids, first, 50));
        return (c, ids);
    }

    [Theory]
    [InlineData(Clinic.London, "2027-03-24T10:00", "2027-03-24T10:00Z", "2027-03-31T09:00Z")]
    [InlineData(Clinic.London, "2026-10-21T10:00", "2026-10-21T09:00Z", "2026-10-28T10:00Z")]
    [InlineData(Clinic.NewYork, "2027-03-10T10:00", "2027-03-10T15:00Z", "2027-03-17T14:00Z")]
    [InlineData(Clinic.NewYork, "2026-10-28T10:00", "2026-10-28T14:00Z", "2026-11-04T15:00Z")]
    [InlineData(Clinic.London, "2027-03-21T01:30", "2027-03-21T01:30Z", "2027-03-28T01:30Z")]
    [InlineData(Clinic.London, "2026-10-18T01:30", "2026-10-18T00:30Z", "2026-10-25T00:30Z")]
    [InlineData(Clinic.NewYork, "2027-03-07T02:30", "2027-03-07T07:30Z", "2027-03-14T07:30Z")]
    [InlineData(Clinic.NewYork, "2026-10-25T01:30", "2026-10-25T05:30Z", "2026-11-01T05:30Z")]
    public void The_local_time_stands_and_the_instant_follows(string zone, string first, string before, string after)
    {
        var (c, ids) = Around(zone, Local(first));
        Assert.Equal([Instant(before), Instant(after)], ids.Select(id => c.Session(id).Time.StartsAt));
        Assert.Equal([Local(first), Local(first).AddDays(7)], ids.Select(id => c.Session(id).Time.Local));
    }

    [Theory]
    [InlineData(Clinic.London, "2027-03-22T10:00")]
    [InlineData(Clinic.London, "2026-10-19T10:00")]
    [InlineData(Clinic.NewYork, "2027-03-08T10:00")]
    [InlineData(Clinic.NewYork, "2026-10-26T10:00")]
    public void The_reminder_comes_a_day_before_at_the_same_wall_clock_time_on_either_side(string zone, string first)
    {
        var (c, ids) = Around(zone, Local(first));
        foreach (var id in ids) Assert.Equal(c.Session(id).Time.Local.AddDays(-1), LocalTime.ToLocal(c.Session(id).Time.ReminderAt!.Value, zone));
    }

    [Fact]
    public void Moving_a_series_over_the_change_keeps_the_wall_clock_distance()
    {
        var (c, ids) = Around(Clinic.London, Local("2026-10-14T10:00"));
        c.Do(new MoveSession(ids[0], Local("2026-10-14T10:00"), Local("2026-10-21T11:00"), MoveScope.ThisAndFollowing));
        Assert.Equal([Instant("2026-10-21T10:00Z"), Instant("2026-10-28T11:00Z")], ids.Select(id => c.Session(id).Time.StartsAt));
    }

    [Fact]
    public void Moving_one_session_out_of_the_gap_and_into_the_overlap_is_possible()
    {
        var (c, ids) = Around(Clinic.London, Local("2026-10-21T10:00"));
        c.Do(new MoveSession(ids[0], Local("2026-10-21T10:00"), Local("2026-10-25T01:15"), MoveScope.This));
        Assert.Equal(Instant("2026-10-25T00:15Z"), c.Session(ids[0]).Time.StartsAt);
        c.Do(new MoveSession(ids[0], Local("2026-10-25T01:15"), Local("2027-03-28T01:15"), MoveScope.This));
        Assert.Equal((Local("2027-03-28T01:15"), Instant("2027-03-28T01:15Z")), (c.Session(ids[0]).Time.Local, c.Session(ids[0]).Time.StartsAt));
    }

    private static DateTime Local(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
