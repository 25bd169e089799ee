using System.Globalization;

namespace IptCloud.Portal.Shared;

/// <summary>Dates and numbers as every page writes them.</summary>
public static class Uk
{
    /// <summary>6 Oct</summary>
    public static string DayMonth(DateOnly date) => date.ToString("d MMM", CultureInfo.InvariantCulture);

    /// <summary>6 October 2026</summary>
    public static string FullDate(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Tue 6 Oct</summary>
    public static string WithDay(DateOnly date) => date.ToString("ddd d MMM", CultureInfo.InvariantCulture);

    /// <summary>2026-10-06, for the datetime attribute.</summary>
    public static string Machine(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A coordinate, to a tenth, with a dot whatever the culture.</summary>
    internal static string N(double value)
    {
        // In whole tenths: formatting numbers with a point took a fiftieth of the Course page's CPU.
        var tenths = (int)Math.Round(value * 10, MidpointRounding.AwayFromZero);
        var (whole, tenth) = Math.DivRem(Math.Abs(tenths), 10);
        var sign = tenths < 0 ? "-" : "";
        return tenth == 0 ? string.Create(CultureInfo.InvariantCulture, $"{sign}{whole}") : string.Create(CultureInfo.InvariantCulture, $"{sign}{whole}.{tenth}");
    }
}
