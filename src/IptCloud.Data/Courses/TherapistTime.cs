using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Courses;

/// <summary>Says which session a refused booking failed on: the constraint that refuses it names no row.</summary>
public sealed class TherapistTime(Databases databases)
{
    /// <summary>The first session of the course, as it would be, whose time is taken. Null if the time was freed meanwhile.</summary>
    public async Task<Session?> FirstClashAsync(CourseKey key, CourseState wanted, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var sessions = wanted.Sessions.Where(s => s.HoldsTime).OrderBy(s => s.Time.StartsAt).ToList();
        long[] slots = [.. sessions.SelectMany(CourseProjection.SlotsOf).Distinct()];
        var (network, course, therapist) = (key.Network, key.Course, wanted.Therapist);
        await using var db = await databases.ReadAsync(network, ct);
        var taken = (await db.TherapistSlots.AsNoTracking()
            .Where(t => t.NetworkId == network && t.TherapistId == therapist && t.CourseId != course && slots.Contains(t.Slot)).Select(t => t.Slot).ToListAsync(ct)).ToHashSet();
        // What a session takes is taken for those after it: two of one course can clash as well.
        return sessions.FirstOrDefault(s => !CourseProjection.SlotsOf(s).All(taken.Add));
    }
}
