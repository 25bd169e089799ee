namespace IptCloud.Domain.Time;

/// <summary>
/// Wall-clock times and the instants they stand for. The truth of an appointment is its local date-time and its zone;
/// the instant is derived: a time inside a gap (clocks go forward) moves forward by the gap, a time that exists twice
/// (clocks go back) is the first of the two.
/// </summary>
public static class LocalTime
{
    /// <summary>The instant of a local date-time in an IANA zone.</summary>
    /// <exception cref="TimeZoneNotFoundException">The zone is unknown on this machine.</exception>
    public static DateTimeOffset ToInstant(DateTime local, string zone)
    {
        var tz = TimeZoneInfo.FindSystemTimeZoneById(zone);
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (tz.IsInvalidTime(local))
        {
            var before = tz.GetUtcOffset(local.AddDays(-1));
            var after = tz.GetUtcOffset(local.AddDays(1));
            local += after - before;
        }

        var offset = tz.IsAmbiguousTime(local) ? tz.GetAmbiguousTimeOffsets(local).Max() : tz.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>The wall-clock time of an instant in an IANA zone.</summary>
    public static DateTime ToLocal(DateTimeOffset instant, string zone) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime;

    /// <summary>The local date of an instant.</summary>
    public static DateOnly DateOf(DateTimeOffset instant, string zone) => DateOnly.FromDateTime(ToLocal(instant, zone));

    /// <summary>True if the zone is an IANA id known on this machine.</summary>
    public static bool IsZone(string? zone) => !string.IsNullOrWhiteSpace(zone) && zone.Length <= 64 && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var tz) && tz.HasIanaId;
}
