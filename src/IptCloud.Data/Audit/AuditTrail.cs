using System.Collections.Immutable;
using IptCloud.Data.Storage;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Audit;

/// <summary>Which entries are asked for.</summary>
/// <param name="Member">By whom, or on whose behalf.</param>
/// <param name="Client">About whom.</param>
/// <param name="Group">What kind of action.</param>
/// <param name="From">From this instant.</param>
/// <param name="Until">Before this instant.</param>
public sealed record AuditFilter(MemberId? Member = null, ClientId? Client = null, AuditGroup? Group = null, DateTimeOffset? From = null, DateTimeOffset? Until = null);

/// <summary>A piece of the audit.</summary>
/// <param name="Next">Where the next piece begins; null at the end.</param>
public sealed record AuditPage(ImmutableArray<AuditEntry> Entries, Guid? Next);

/// <summary>One network's audit, read through the login that sees that network only. Paged by key: a late page costs as much as the first.</summary>
public sealed class AuditTrail(Databases databases)
{
    /// <summary>Entries that fit, newest first, from before an entry on.</summary>
    public async Task<AuditPage> PageAsync(NetworkId network, AuditFilter filter, Guid? before, int take, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var db = await databases.ReadAsync(network, ct);
        var entries = db.AuditEntries.AsNoTracking().Where(e => e.NetworkId == network);
        if (filter.Client is { } client) entries = entries.Where(e => db.AuditEntryClients.Any(c => c.NetworkId == network && c.ClientId == client && c.EntryId == e.EntryId));
        if (filter.Member is { } member) entries = entries.Where(e => e.MemberId == member || e.OnBehalfOf == member);
        if (filter.Group is { } group)
        {
            var codes = AuditActions.All.Where(a => a.Group == group).Select(a => a.Code).ToList();
            entries = entries.Where(e => codes.Contains(e.Action));
        }

        // Instants become ids: the key alone finds where to begin.
        if (filter.From is { } from && AuditEntry.FirstIdOf(from) is var first) entries = entries.Where(e => e.EntryId >= first);
        if (filter.Until is { } until && AuditEntry.FirstIdOf(until) is var end) entries = entries.Where(e => e.EntryId < end);
        if (before is { } cursor) entries = entries.Where(e => e.EntryId < cursor);
        var rows = await entries.OrderByDescending(e => e.EntryId).Take(take + 1).ToListAsync(ct);
        var more = rows.Count > take;
        if (more) rows.RemoveAt(take);
        return new(await db.AuditEntryClients.WithClientsAsync(network, rows, ct), more ? rows[^1].EntryId : null);
    }

    /// <summary>What the newest check of a chain found; null if none has run.</summary>
    /// <param name="network">The network, or <see cref="AuditEntry.Platform"/> for all chains together.</param>
    public async Task<AuditEntry?> LastCheckAsync(NetworkId network, CancellationToken ct = default)
    {
        await using var db = databases.Make(network == AuditEntry.Platform ? DatabaseRole.Audit : DatabaseRole.App, network);
        var (intact, broken) = (AuditActions.ChainIntact.Code, AuditActions.ChainBroken.Code);
        var row = await db.AuditEntries.AsNoTracking().Where(e => e.ActorKind == nameof(Domain.Networks.ActorKind.System) && (e.Action == intact || e.Action == broken)).OrderByDescending(e => e.EntryId).FirstOrDefaultAsync(ct);
        return row is null ? null : AuditTables.Read(row, []);
    }

    /// <summary>True if the network has a record of this client.</summary>
    public async Task<bool> KnowsAsync(NetworkId network, ClientId client, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return await db.Clients.AnyAsync(c => c.NetworkId == network && c.ClientId == client, ct);
    }

    /// <summary>The client of a course; null if the network has no such course.</summary>
    public async Task<ClientId?> ClientOfAsync(NetworkId network, CourseId course, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return await db.CourseCards.Where(c => c.NetworkId == network && c.CourseId == course).Select(c => (ClientId?)c.ClientId).SingleOrDefaultAsync(ct);
    }
}
