using CsCheck;
using IptCloud.Domain.Tests.Time;

namespace IptCloud.Domain.Tests.Messages;

/// <summary>20:00–08:00 in the client's own zone, whatever the clocks do (domain.md §3.4).</summary>
public sealed class QuietHoursTests
{
    private static readonly QuietHours Night = new(new(20, 0), new(8, 0));

    private static DateTimeOffset At(string local, string zone = Clinic.London) =>
        LocalTime.ToInstant(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), zone);

    [Theory]
    [InlineData("2026-09-01T07:59", true)]
    [InlineData("2026-09-01T08:00", false)]
    [InlineData("2026-09-01T19:59", false)]
    [InlineData("2026-09-01T20:00", true)]
    [InlineData("2026-09-01T00:00", true)]
    public void The_first_minute_is_quiet_and_the_last_is_not(string local, bool quiet) => Assert.Equal(quiet, Night.Covers(At(local), Clinic.London));

    [Theory]
    [InlineData("2026-09-01T12:00", "2026-09-01T12:00", "2026-09-01T12:00")]
    [InlineData("2026-09-01T21:00", "2026-09-02T08:00", "2026-09-01T19:59")]
    [InlineData("2026-09-02T03:00", "2026-09-02T08:00", "2026-09-01T19:59")]
    [InlineData("2026-10-24T21:00", "2026-10-25T08:00", "2026-10-24T19:59")]
    [InlineData("2027-03-28T00:30", "2027-03-28T08:00", "2027-03-27T19:59")]
    public void A_quiet_instant_moves_to_the_morning_or_back_to_the_evening(string local, string next, string previous)
    {
        Assert.Equal(At(next), Night.NextAllowed(At(local), Clinic.London));
        Assert.Equal(At(previous), Night.PreviousAllowed(At(local), Clinic.London));
    }

    [Fact]
    public void Hours_that_begin_at_a_time_which_the_clocks_skip_begin_with_the_skip()
    {
        QuietHours early = new(new(2, 45), new(18, 0));
        Assert.Equal(At("2026-09-27T01:59", "Pacific/Auckland"), early.PreviousAllowed(At("2026-09-27T12:00", "Pacific/Auckland"), "Pacific/Auckland"));
        Assert.Equal(At("2026-09-28T02:44", "Pacific/Auckland"), early.PreviousAllowed(At("2026-09-28T12:00", "Pacific/Auckland"), "Pacific/Auckland"));
    }

    [Fact]
    public void The_clients_zone_decides()
    {
        Assert.True(Night.Covers(At("2026-09-01T12:00"), Clinic.NewYork));
        Assert.False(Night.Covers(At("2026-09-01T12:00"), Clinic.London));
    }

    [Fact]
    public void Whatever_the_hours_the_zone_and_the_instant_what_is_allowed_is_not_quiet_and_near() =>
        Gen.Select(Gen.Int[0, 95], Gen.Int[0, 95], Gen.Int[0, LocalTimeTests.Zones.Length - 1], Gen.Int[0, 3 * 366 * 24 * 4]).Sample((from, until, z, quarters) =>
        {
            var (hours, zone) = (new QuietHours(new TimeOnly(0).AddMinutes(15 * from), new TimeOnly(0).AddMinutes(15 * until)), LocalTimeTests.Zones[z]);
            var instant = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(15 * quarters);
            var next = hours.NextAllowed(instant, zone);
            Assert.False(hours.Covers(next, zone));
            Assert.InRange(next - instant, TimeSpan.Zero, TimeSpan.FromHours(26));
            var previous = hours.PreviousAllowed(instant, zone);
            Assert.InRange(instant - previous, TimeSpan.Zero, TimeSpan.FromHours(26));
            Assert.False(hours.Covers(previous, zone));
        });
}
