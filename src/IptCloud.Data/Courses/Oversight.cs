using System.Collections.Immutable;
using IptCloud.Data.Clients;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Courses;

/// <summary>What supervisors and duty leads see beside their own courses.</summary>
public sealed class Oversight(Databases databases, ClientRecords clients)
{
    private readonly Func<IptCloudDb, NetworkId, MemberId?, List<MemberId>, List<ClinicId>, IAsyncEnumerable<AlertRow>> openAlerts = MyDay.OpenAlerts();

    /// <summary>How many open alerts the member answers for.</summary>
    public async Task<int> OpenAlertsAsync(NetworkId network, Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return await openAlerts(db, network, actor.Member, [.. actor.ActsFor], MyDay.Supervised(actor)).CountAsync(ct);
    }

    /// <summary>Overdue gates of colleagues' courses in the clinics that the member supervises, longest first.</summary>
    public async Task<ImmutableArray<DayItem>> OverdueGatesAsync(NetworkId network, Actor actor, CancellationToken ct = default)
    {
        if ((actor.Roles & Roles.Supervisor) == 0) return [];
        var clinics = actor.Clinics.ToArray();
        await using var db = await databases.ReadAsync(network, ct);
        var gates = await db.Inbox.AsNoTracking()
            .Where(i => i.NetworkId == network && i.Kind == InboxKind.Gate && clinics.Contains(i.ClinicId) && i.TherapistId != actor.Member)
            .OrderBy(i => i.Since).Take(MyDay.MostShown).ToListAsync(ct);
        var names = await clients.NamesAsync(network, gates.Select(g => g.ClientId), ct);
        return [.. gates.Select(g => new DayItem(g, names.GetValueOrDefault(g.ClientId, "")))];
    }

    /// <summary>What waits in each of these courses, most urgent kind first.</summary>
    public async Task<ILookup<CourseId, InboxKind>> WaitingAsync(NetworkId network, IEnumerable<CourseId> courses, CancellationToken ct = default)
    {
        var ids = courses.ToList();
        await using var db = await databases.ReadAsync(network, ct);
        var rows = await db.Inbox.AsNoTracking().Where(i => i.NetworkId == network && ids.Contains(i.CourseId))
            .Select(i => new { i.CourseId, i.Kind }).Distinct().ToListAsync(ct);
        return rows.OrderBy(r => r.Kind).ToLookup(r => r.CourseId, r => r.Kind);
    }

    /// <summary>How many things of each kind wait: in the member's own courses, or in those of the clinics they supervise.</summary>
    public async Task<ImmutableDictionary<InboxKind, int>> CountsAsync(NetworkId network, Actor actor, bool everyone, CancellationToken ct = default)
    {
        var clinics = actor.Clinics.ToArray();
        await using var db = await databases.ReadAsync(network, ct);
        var mine = db.Inbox.Where(i => i.NetworkId == network);
        mine = everyone && (actor.Roles & Roles.Supervisor) != 0 ? mine.Where(i => clinics.Contains(i.ClinicId)) : mine.Where(i => i.TherapistId == actor.Member);
        var counts = await mine.GroupBy(i => i.Kind).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        return counts.ToImmutableDictionary(c => c.Key, c => c.Count);
    }

    /// <summary>The wall-clock starts of these sessions, so that two entries about one client can be told apart.</summary>
    public async Task<ImmutableDictionary<Guid, DateTime>> StartsAsync(NetworkId network, IEnumerable<Guid> sessions, CancellationToken ct = default)
    {
        var ids = sessions.Select(s => new SessionId(s)).Distinct().ToList();
        await using var db = await databases.ReadAsync(network, ct);
        var rows = await db.Appointments.AsNoTracking().Where(a => a.NetworkId == network && ids.Contains(a.SessionId)).Select(a => new { a.SessionId, a.Local }).ToListAsync(ct);
        return rows.ToImmutableDictionary(r => r.SessionId.Value, r => r.Local);
    }

    /// <summary>The wall-clock start of each course's next session to come. A card knows the next unrecorded one, which may lie in the past.</summary>
    public async Task<ImmutableDictionary<CourseId, DateTime>> UpcomingAsync(NetworkId network, IEnumerable<CourseId> courses, DateTimeOffset now, CancellationToken ct = default)
    {
        var ids = courses.ToList();
        await using var db = await databases.ReadAsync(network, ct);
        var rows = await db.Appointments.AsNoTracking()
            .Where(a => a.NetworkId == network && ids.Contains(a.CourseId) && a.Attendance == null && a.StartsAt >= now)
            .Select(a => new { a.CourseId, a.StartsAt, a.Local }).ToListAsync(ct);
        return rows.GroupBy(r => r.CourseId).ToImmutableDictionary(g => g.Key, g => g.MinBy(r => r.StartsAt)!.Local);
    }
}
