using System.Collections.Immutable;
using IptCloud.Data.Clients;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Courses;

/// <summary>What supervisors and duty leads see beside their own courses.</summary>
public sealed class Oversight(IDbContextFactory<IptCloudDb> databases, ClientRecords clients)
{
    /// <summary>How many open alerts the member answers for.</summary>
    public async Task<int> OpenAlertsAsync(NetworkId network, Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await MyDay.OpenAlerts(db, network, actor).CountAsync(ct);
    }

    /// <summary>Overdue gates of colleagues' courses in the clinics that the member supervises, longest first.</summary>
    public async Task<ImmutableArray<DayItem>> OverdueGatesAsync(NetworkId network, Actor actor, CancellationToken ct = default)
    {
        if ((actor.Roles & Roles.Supervisor) == 0) return [];
        var clinics = actor.Clinics.ToArray();
        await using var db = await databases.CreateDbContextAsync(ct);
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
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db.Inbox.AsNoTracking().Where(i => i.NetworkId == network && ids.Contains(i.CourseId))
            .Select(i => new { i.CourseId, i.Kind }).Distinct().ToListAsync(ct);
        return rows.OrderBy(r => r.Kind).ToLookup(r => r.CourseId, r => r.Kind);
    }
}
