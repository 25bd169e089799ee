using IptCloud.Domain.Time;

namespace IptCloud.Domain.Messages;

/// <summary>The hours of the client's own night in which no message leaves (domain.md §3.4: 20:00–08:00).</summary>
/// <param name="From">Local time at which quiet begins; this minute is quiet.</param>
/// <param name="Until">Local time at which quiet ends; this minute is allowed.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly Until)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>True if no message may leave at this instant in the client's zone.</summary>
    public bool Covers(DateTimeOffset instant, string zone)
    {
        var time = TimeOnly.FromDateTime(LocalTime.ToLocal(instant, zone));
        return From > Until ? time >= From || time < Until : time >= From && time < Until;
    }

    /// <summary>The instant itself, or the end of the quiet hours it falls into.</summary>
    public DateTimeOffset NextAllowed(DateTimeOffset instant, string zone)
    {
        if (!Covers(instant, zone)) return instant;
        var local = LocalTime.ToLocal(instant, zone);
        var day = TimeOnly.FromDateTime(local) >= Until ? local.Date.AddDays(1) : local.Date;
        return LocalTime.ToInstant(day + Until.ToTimeSpan(), zone);
    }

    /// <summary>The instant itself, or the last allowed minute before the quiet hours it falls into.</summary>
    public DateTimeOffset PreviousAllowed(DateTimeOffset instant, string zone)
    {
        if (!Covers(instant, zone)) return instant;
        var local = LocalTime.ToLocal(instant, zone);
        var day = TimeOnly.FromDateTime(local) >= From ? local.Date : local.Date.AddDays(-1);
        var last = LocalTime.ToInstant(day + From.ToTimeSpan(), zone) - Minute;
        // A beginning that the clocks skip stands for a later time, and the minutes before that are quiet as well.
        while (Covers(last, zone)) last -= Minute;
        return last;
    }
}
