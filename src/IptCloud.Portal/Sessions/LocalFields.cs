using IptCloud.Portal.Courses;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Sessions;

/// <summary>A wall-clock date and time of a form.</summary>
public static class LocalFields
{
    /// <summary>The stored form of a wall-clock time in a hidden field.</summary>
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss";

    /// <summary>Reads <c>form.date</c> and <c>form.time</c>; says by <paramref name="wrong"/> what is the matter.</summary>
    public static DateTime Read(Posted form, Action<string, string> wrong)
    {
        if (!form.Date(form.Which + ".date").TryGet(out var date)) wrong("date", "The day must be a real date, such as 1 12 2026");
        if (!TimeText.TryParse(form[form.Which + ".time"], out var time)) wrong("time", "Write the time as hours and minutes, such as 14:30");
        return date.ToDateTime(time);
    }
}
