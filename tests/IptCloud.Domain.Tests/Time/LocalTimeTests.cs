using CsCheck;

namespace IptCloud.Domain.Tests.Time;

/// <summary>Wall-clock times and instants: a gap moves forward, an overlap takes the first.</summary>
public sealed class LocalTimeTests
{
    public static readonly string[] Zones = [Clinic.London, Clinic.NewYork, "Pacific/Auckland", "Australia/Lord_Howe", "Asia/Kolkata", "America/St_Johns", "Africa/Casablanca", "UTC"];

    [Theory]
    [InlineData(Clinic.London, "2027-03-28T00:59", "2027-03-28T00:59Z")]
    [InlineData(Clinic.London, "2027-03-28T01:00", "2027-03-28T01:00Z")]
    [InlineData(Clinic.London, "2027-03-28T01:59", "2027-03-28T01:59Z")]
    [InlineData(Clinic.London, "2027-03-28T02:00", "2027-03-28T01:00Z")]
    [InlineData(Clinic.London, "2026-10-25T00:59", "2026-10-24T23:59Z")]
    [InlineData(Clinic.London, "2026-10-25T01:00", "2026-10-25T00:00Z")]
    [InlineData(Clinic.London, "2026-10-25T01:59", "2026-10-25T00:59Z")]
    [InlineData(Clinic.London, "2026-10-25T02:00", "2026-10-25T02:00Z")]
    [InlineData(Clinic.NewYork, "2027-03-14T02:30", "2027-03-14T07:30Z")]
    [InlineData(Clinic.NewYork, "2026-11-01T01:30", "2026-11-01T05:30Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45Z")]
    public void An_instant_follows_from_wall_clock_and_zone(string zone, string local, string instant) => Assert.Equal(
        DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture),
        LocalTime.ToInstant(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), zone));

    [Fact]
    public void Every_wall_clock_time_comes_back_unless_it_fell_into_a_gap() =>
        Gen.Select(Gen.Int[0, Zones.Length - 1], Gen.Int[0, 3 * 366 * 24 * 4]).Sample((zone, quarters) =>
        {
            var tz = TimeZoneInfo.FindSystemTimeZoneById(Zones[zone]);
            var local = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMinutes(15 * quarters);
            var back = LocalTime.ToLocal(LocalTime.ToInstant(local, Zones[zone]), Zones[zone]);
            if (tz.IsInvalidTime(local)) Assert.InRange(back - local, TimeSpan.FromMinutes(15), TimeSpan.FromHours(2));
            else Assert.Equal(local, back);
        });

    [Fact]
    public void Of_two_instants_with_one_wall_clock_time_the_first_is_meant() =>
        Gen.Select(Gen.Int[0, Zones.Length - 1], Gen.Int[0, 3 * 366 * 24 * 4]).Sample((zone, quarters) =>
        {
            var instant = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(15 * quarters);
            Assert.True(LocalTime.ToInstant(LocalTime.ToLocal(instant, Zones[zone]), Zones[zone]) <= instant);
        });

    [Theory]
    [InlineData("Europe/London", true)]
    [InlineData("America/New_York", true)]
    [InlineData("UTC", true)]
    [InlineData("GMT Standard Time", false)]
    [InlineData("Mars/Olympus", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("../../etc/passwd", false)]
    public void Only_IANA_zones_are_zones(string? zone, bool known) => Assert.Equal(known, LocalTime.IsZone(zone));
}
