using IptCloud.Domain.Time;

namespace IptCloud.Rounds.Chaos;

/// <summary>Times within the next day, so that the client is written to at once, and by day, as the form demands.</summary>
internal static class BookingTimes
{
    /// <summary>The n-th quarter of an hour by day that is more than three hours and less than a day ahead, on the clinic's clock.</summary>
    public static DateTime Of(int n)
    {
        var now = LocalTime.ToLocal(TimeProvider.System.GetUtcNow(), "Europe/London");
        var quarters = Enumerable.Range(0, 4 * 20).Select(q => now.Date.AddHours(now.Hour + 4).AddMinutes(15 * q)).Where(t => t.Hour is >= 6 and < 22).ToList();
        return quarters[n % quarters.Count];
    }
}
