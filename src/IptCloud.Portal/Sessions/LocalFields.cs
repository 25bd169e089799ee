using System.Globalization;
using IptCloud.Portal.Courses;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Sessions;

/// <summary>A wall-clock date and time of a form.</summary>
public static class LocalFields
{
    /// <summary>The stored form of a wall-clock time in a hidden field.</summary>
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss";

    /// <summary>Reads <c>form.date</c> and <c>form.time</c>; says by <paramref name="wrong"/> what is the matter.</summary>
    /// <param name="atNight">Any time of the day will do.</param>
    public static DateTime Read(Posted form, Action<string, string> wrong, bool atNight = false)
    {
        if (!form.Date(form.Which + ".date").TryGet(out var date)) wrong("date", "The day must be a real date, such as 1 12 2026");
        if (!TimeText.TryParse(form[form.Which + ".time"], out var time)) wrong("time", "Write the time as hours and minutes, such as 14:30");
        else if (!atNight && Night(time) is { } night) wrong("time", night);
        return date.ToDateTime(time);
    }

    /// <summary>Nobody meets at night: "3:00" was meant for the afternoon. Null for a time of day.</summary>
    public static string? Night(TimeOnly time) => time.Hour is >= 6 and < 22 ? null : string.Create(
        CultureInfo.InvariantCulture, $"{time:H:mm} is at night. For the {(time.Hour < 6 ? "afternoon" : "morning")} write {time.AddHours(12):HH:mm}.");
}
