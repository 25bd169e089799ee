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

    /// <summary>A coordinate or a whole number, with a dot whatever the culture.</summary>
    internal static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
