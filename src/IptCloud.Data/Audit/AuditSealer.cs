using IptCloud.Data.Storage;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Audit;

/// <summary>Seals entries into their network's chain, in the order of their ids. Its cost grows with what is new.</summary>
public sealed class AuditSealer(Databases databases, TimeProvider clock, AuditMetrics metrics)
{
    /// <summary>An entry's transaction may end after those of later entries, by a statement's time-out and the skew of two clocks at most.</summary>
    internal static readonly TimeSpan Straggling = TimeSpan.FromMinutes(10);

    private const int Batch = 500;

    /// <summary>An arbitrary number that all sealers share; a process that finds it taken leaves the work to the other.</summary>
    private const int SealLock = 0x5EA1;

    /// <summary>Seals whatever is not sealed yet.</summary>
    /// <returns>The number of entries sealed.</returns>
    public async Task<int> SealAsync(CancellationToken ct = default)
    {
        var total = 0;
        List<Exception> failures = [];
        foreach (var network in await WaitingAsync(ct))
        {
            try
            {
                int count;
                do total += count = await SealAsync(network, ct);
                while (count == Batch);
            }
            catch (DbUpdateException e)
            {
                failures.Add(e); // one network's trouble is not another's
            }
        }

        metrics.Sealed(total);
        return failures.Count == 0 ? total : throw new AggregateException("Some chains could not be continued.", failures);
    }

    private async Task<List<NetworkId>> WaitingAsync(CancellationToken ct)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Audit, ct);
        var links = db.AuditLinks.AcrossNetworks();
        var last = await links.OrderByDescending(l => l.EntryId).Select(l => (Guid?)l.EntryId).FirstOrDefaultAsync(ct);
        var from = Before(last);
        var waiting = db.AuditEntries.AcrossNetworks().Where(e => e.EntryId > from && !links.Any(l => l.NetworkId == e.NetworkId && l.EntryId == e.EntryId));
        var found = await waiting.GroupBy(e => e.NetworkId).Select(g => new { g.Key, Oldest = g.Min(e => e.At) }).ToListAsync(ct);
        metrics.Waiting(found.Count == 0 ? TimeSpan.Zero : clock.GetUtcNow() - found.Min(f => f.Oldest));
        return found.ConvertAll(f => f.Key);
    }

    private async Task<int> SealAsync(NetworkId network, CancellationToken ct)
    {
        await using var db = databases.Make(DatabaseRole.Audit, network);
        await db.TakeTurnAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
#pragma warning disable RS0030 // a lock, not a row
        if (db.Database.IsNpgsql() && !await db.Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock({SealLock}, hashtext({network.ToString()})) as \"Value\"").SingleAsync(ct)) return 0;
#pragma warning restore RS0030
        var head = await db.AuditLinks.AsNoTracking().OrderByDescending(l => l.Seq).FirstOrDefaultAsync(ct);
        var from = Before(await db.AuditLinks.OrderByDescending(l => l.EntryId).Select(l => (Guid?)l.EntryId).FirstOrDefaultAsync(ct));
        var rows = await db.AuditEntries.AsNoTracking().Where(e => e.EntryId > from && !db.AuditLinks.Any(l => l.EntryId == e.EntryId)).OrderBy(e => e.EntryId).Take(Batch).ToListAsync(ct);
        var (seq, previous) = (head?.Seq ?? 0, head is null ? AuditLink.Root : Convert.FromHexString(head.Hash));
        foreach (var entry in await db.AuditEntryClients.WithClientsAsync(network, rows, ct))
        {
            var link = AuditChain.Seal(entry, ++seq, previous);
            previous = link.Hash;
            db.AuditLinks.Add(new() { NetworkId = network, Seq = seq, EntryId = link.Entry, Digest = Convert.ToHexString(link.Digest), Previous = Convert.ToHexString(link.Previous), Hash = Convert.ToHexString(link.Hash) });
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return rows.Count;
    }

    private static Guid Before(Guid? last) => last is { } id ? AuditEntry.FirstIdOf(AuditEntry.InstantOf(id) - Straggling) : Guid.Empty;
}
