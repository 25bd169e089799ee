using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace IptCloud.Portal.Shared;

/// <summary>A date as typed into three boxes; keeps what was typed, right or wrong.</summary>
/// <param name="Day">As typed.</param>
/// <param name="Month">As typed.</param>
/// <param name="Year">As typed.</param>
public sealed record DateText(string? Day = null, string? Month = null, string? Year = null)
{
    /// <summary>A known date, to be edited.</summary>
    public static DateText Of(DateOnly date) => new(
        date.Day.ToString(CultureInfo.InvariantCulture), date.Month.ToString(CultureInfo.InvariantCulture), date.Year.ToString(CultureInfo.InvariantCulture));

    /// <summary>What a <see cref="DateField"/> of this name posted.</summary>
    public static DateText Read(IFormCollection form, string name)
    {
        ArgumentNullException.ThrowIfNull(form);
        return new(form[name + ".Day"], form[name + ".Month"], form[name + ".Year"]);
    }

    /// <summary>Whether all three boxes are empty.</summary>
    public bool Empty => string.IsNullOrWhiteSpace(Day) && string.IsNullOrWhiteSpace(Month) && string.IsNullOrWhiteSpace(Year);

    /// <summary>The date, when it is a real one.</summary>
    public bool TryGet(out DateOnly date) => DateOnly.TryParseExact(
        $"{Day?.Trim()}/{Month?.Trim()}/{Year?.Trim()}", "d/M/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}

/// <summary>A time of day as typed.</summary>
public static class TimeText
{
    private static readonly string[] Formats = ["H:mm", "H.mm", "HHmm", "%H", "h:mmtt", "h.mmtt", "htt"];

    /// <summary>Reads 14:30, 9.30, 0930, 9, 2pm and 2:30 pm.</summary>
    public static bool TryParse(string? text, out TimeOnly time) => TimeOnly.TryParseExact(
        (text ?? "").Replace(" ", "", StringComparison.Ordinal), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    /// <summary>14:30</summary>
    public static string Write(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
