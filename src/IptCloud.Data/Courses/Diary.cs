using System.Collections.Immutable;
using IptCloud.Data.Clients;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Courses;

/// <summary>An appointment in a clinic's diary: who, with whom, when. Nothing clinical.</summary>
public sealed record DiaryEntry(CourseId Course, SessionId Session, string Client, MemberId Therapist, DateTime Local, string Zone, int Minutes, int? Attendance);

/// <summary>An open course without a session to come.</summary>
public sealed record Unbooked(CourseId Course, string Client, MemberId Therapist);

/// <summary>The diaries of the clinics in which the actor may see them all. Names and appointments only.</summary>
public sealed class Diary(Databases databases, ClientRecords clients)
{
    /// <summary>Entries of a list at most.</summary>
    public const int MostShown = 200;

    /// <summary>Appointments that start within the time, in order.</summary>
    public async Task<ImmutableArray<DiaryEntry>> BetweenAsync(NetworkId network, Actor actor, DateTimeOffset from, DateTimeOffset to, CancellationToken ct = default)
    {
        var clinics = Clinics(actor);
        await using var db = await databases.ReadAsync(network, ct);
        var rows = await db.Appointments.AsNoTracking().Where(a => a.NetworkId == network && clinics.Contains(a.ClinicId) && a.StartsAt >= from && a.StartsAt < to)
            .OrderBy(a => a.StartsAt).Take(MostShown).Select(a => new { a.CourseId, a.SessionId, a.ClientId, a.TherapistId, a.Local, a.Zone, a.Minutes, a.Attendance }).ToListAsync(ct);
        var names = await clients.NamesAsync(network, rows.Select(r => r.ClientId), ct);
        return [.. rows.Select(r => new DiaryEntry(r.CourseId, r.SessionId, names.GetValueOrDefault(r.ClientId, ""), r.TherapistId, r.Local, r.Zone, r.Minutes, r.Attendance))];
    }

    /// <summary>Started courses without a session to come for which one could be booked, by their client's name.</summary>
    public async Task<ImmutableArray<Unbooked>> UnbookedAsync(NetworkId network, Actor actor, DateTimeOffset now, CancellationToken ct = default)
    {
        var clinics = Clinics(actor);
        var active = nameof(CourseStatus.Active);
        await using var db = await databases.ReadAsync(network, ct);
        var rows = await db.CourseCards.AsNoTracking()
            .Where(c => c.NetworkId == network && clinics.Contains(c.ClinicId) && c.Status == active && !db.Appointments.Any(a => a.NetworkId == network && a.CourseId == c.CourseId && a.StartsAt >= now && a.Attendance == null)
                && c.Planned > c.Attended + db.Appointments.Count(a => a.NetworkId == network && a.CourseId == c.CourseId && a.Attendance == null))
            .OrderBy(c => c.ReferredAt).Take(MostShown).Select(c => new { c.CourseId, c.ClientId, c.TherapistId }).ToListAsync(ct);
        var names = await clients.NamesAsync(network, rows.Select(r => r.ClientId), ct);
        return [.. rows.Select(r => new Unbooked(r.CourseId, names.GetValueOrDefault(r.ClientId, ""), r.TherapistId)).OrderBy(u => u.Client, StringComparer.CurrentCultureIgnoreCase)];
    }

    private static ClinicId[] Clinics(Actor actor) => [.. actor.Clinics.Where(c => AccessTable.Allows(Act.SeeDiary, actor, new(c)))];
}
