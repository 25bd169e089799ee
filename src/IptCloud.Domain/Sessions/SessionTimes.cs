using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Time;

namespace IptCloud.Domain.Sessions;

/// <summary>What follows from a session's wall-clock time: its instant, its reminder, its check.</summary>
internal static class SessionTimes
{
    public static BookedTime At(SessionId id, DateTime local, int minutes, string zone, DecisionContext c)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var starts = LocalTime.ToInstant(local, zone);
        return new(id, local, starts, Reminder(local, starts, zone, c), starts.AddMinutes(minutes + c.Policy.GraceMinutes));
    }

    /// <summary>
    /// A day before at the same wall-clock time, outside the client's quiet hours: later if that is still two hours before
    /// the session, else earlier (security.md §5: never dropped silently). Booked at shorter notice: as soon as allowed.
    /// </summary>
    private static DateTimeOffset? Reminder(DateTime local, DateTimeOffset starts, string zone, DecisionContext c)
    {
        var wished = LocalTime.ToInstant(local.AddDays(-c.Policy.ReminderDaysBefore), zone);
        if (wished < c.Now) wished = c.Now;
        var later = c.Quiet.NextAllowed(wished, c.Client.Zone);
        if (later <= starts.AddHours(-2)) return later;
        var earlier = c.Quiet.PreviousAllowed(wished, c.Client.Zone);
        return earlier >= c.Now ? earlier : null;
    }
}
