using IptCloud.Data.Courses;

namespace IptCloud.Portal.Desk;

public sealed class SessionTodayTests
{
    private static readonly DateTimeOffset start = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-1, "To come")]
    [InlineData(0, "Now")]
    [InlineData(49, "Now")]
    [InlineData(50, "Attendance not recorded")]
    public void An_unrecorded_session_is_told_by_the_clock(int minutes, string words) =>
        Assert.Equal(words, SessionToday.State(new() { StartsAt = start, Minutes = 50 }, start.AddMinutes(minutes)).Words);

    [Theory]
    [InlineData(5, 0, "Attended, note to finish")]
    [InlineData(6, 1, "Attended, note signed")]
    [InlineData(3, 0, "Did not attend")]
    [InlineData(7, 0, "Arrived too late to be seen")]
    [InlineData(2, 0, "Cancelled by the client")]
    [InlineData(4, 0, "Cancelled by the service")]
    public void A_recorded_session_is_told_by_its_record(int attendance, int noteSigned, string words) =>
        Assert.Equal(words, SessionToday.State(new AppointmentRow { StartsAt = start, Minutes = 50, Attendance = attendance, NoteSigned = noteSigned }, start.AddDays(-1)).Words);
}
