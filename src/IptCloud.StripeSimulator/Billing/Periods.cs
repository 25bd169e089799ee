using System.Text.Json.Nodes;

namespace IptCloud.StripeSimulator.Billing;

/// <summary>Stripe's calendar: each period begins a whole number of months or years after the anchor, in UTC; a day
/// that the month lacks is its last day, and comes back in a longer month.</summary>
internal static class Periods
{
    /// <summary>The first boundary after a moment; all in Unix seconds.</summary>
    public static long After(long moment, long anchor, JsonObject price)
    {
        var recurring = price.Child("recurring")!;
        var interval = recurring.Text("interval");
        var count = (int)(recurring.Number("interval_count") ?? 1);
        var begin = DateTimeOffset.FromUnixTimeSeconds(anchor);
        var at = DateTimeOffset.FromUnixTimeSeconds(moment);
        if (interval is "day" or "week")
        {
            var length = count * (interval == "day" ? 1 : 7) * Due.Day;
            var passed = Math.DivRem(moment - anchor, length, out var rest) - (rest < 0 ? 1 : 0);
            return anchor + (passed + 1) * length;
        }

        var months = count * (interval == "year" ? 12 : 1);
        var periods = ((at.Year - begin.Year) * 12 + at.Month - begin.Month) / months - 1;
        while (begin.AddMonths(periods * months) <= at) periods++;
        return begin.AddMonths(periods * months).ToUnixTimeSeconds();
    }
}
