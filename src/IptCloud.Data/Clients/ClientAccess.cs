using System.Collections.Immutable;
using IptCloud.Data.Audit;
using IptCloud.Data.Courses;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Clients;

/// <summary>A course by which a member may see its client.</summary>
public sealed record ClientCourse(CourseId Id, bool IsOpen);

/// <summary>A client who may be referred again, or for the first time.</summary>
public sealed record ReferableClient(ClientId Id, string Name);

/// <summary>Whose records a member may see: those of clients whose course they may read. The rule is <see cref="CourseAccess.MayRead"/>'s.</summary>
public sealed class ClientAccess(Databases databases, NetworkKeys keys, AuditWatch watch)
{
    /// <summary>The client's courses that the member may read, newest first; empty: the record is not theirs to see.</summary>
    public async Task<ImmutableArray<ClientCourse>> CoursesAsync(NetworkId network, Actor actor, ClientId client, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        var closed = nameof(CourseStatus.Closed);
        return [.. await Readable(db, network, actor)
            .Where(c => c.ClientId == client)
            .OrderByDescending(c => c.ReferredAt)
            .Select(c => new ClientCourse(c.CourseId, c.Status != closed)).ToListAsync(ct)];
    }

    /// <summary>Of these clients, those whose record the member may see.</summary>
    public async Task<ImmutableHashSet<ClientId>> VisibleAsync(NetworkId network, Actor actor, IReadOnlyCollection<ClientId> clients, CancellationToken ct = default)
    {
        if (clients.Count == 0) return [];
        await using var db = await databases.ReadAsync(network, ct);
        return [.. await Readable(db, network, actor).Where(c => clients.Contains(c.ClientId)).Select(c => c.ClientId).Distinct().ToListAsync(ct)];
    }

    private static IQueryable<CourseCardRow> Readable(IptCloudDb db, NetworkId network, Actor actor)
    {
        var lead = db.Clinics.Where(c => c.NetworkId == network && c.DutyLead != null && c.DutyLead == actor.Member).Select(c => c.ClinicId);
        var (therapist, supervisor) = ((actor.Roles & Roles.Therapist) != 0, (actor.Roles & Roles.Supervisor) != 0);
        var clinics = actor.Clinics.ToArray();
        var away = actor.ActsFor.ToArray();
        return db.CourseCards.AsNoTracking()
            .Where(c => c.NetworkId == network)
            .Where(c => (clinics.Contains(c.ClinicId) && (supervisor || (therapist && (c.TherapistId == actor.Member || away.Contains(c.TherapistId))))) || lead.Contains(c.ClinicId));
    }

    /// <summary>
    /// Clients without an open course whose earlier course the member ran, or who belong to a clinic that the member
    /// supervises; by name. Who only sets clinics up reads no client's name.
    /// </summary>
    public async Task<ImmutableArray<ReferableClient>> ReferableAsync(NetworkId network, Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        var wide = (actor.Roles & Roles.Supervisor) != 0;
        var clinics = actor.Clinics.ToArray();
        var seen = db.CourseCards.Where(c => c.NetworkId == network && clinics.Contains(c.ClinicId) && (wide || c.TherapistId == actor.Member)).Select(c => c.ClientId);
        var busy = db.OpenCourses.Where(o => o.NetworkId == network).Select(o => o.ClientId);
        var found = await db.Clients.AsNoTracking()
            .Where(r => r.NetworkId == network && seen.Contains(r.ClientId) && !busy.Contains(r.ClientId))
            .Select(r => new { r.ClientId, r.Payload, r.KeyVersion }).ToListAsync(ct);
        if (found.Count == 0) return [];
        watch.Shown(network, [.. found.Select(f => f.ClientId)]);
        var ring = await keys.RingAsync(network, found.Max(f => f.KeyVersion), ct);
        return [.. found.Select(f => new ReferableClient(f.ClientId, ClientRecords.Open(ring, f.ClientId, f.Payload, f.KeyVersion).FullName)).OrderBy(c => c.Name, StringComparer.CurrentCultureIgnoreCase)];
    }
}
