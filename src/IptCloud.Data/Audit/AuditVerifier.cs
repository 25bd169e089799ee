using IptCloud.Data.Storage;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Audit;

/// <summary>What a check of one chain found.</summary>
/// <param name="Links">Links that were looked at.</param>
/// <param name="Head">The last good hash, hexadecimal. Kept elsewhere, it proves later that the chain was not cut off at its end.</param>
/// <param name="Broken">The first broken link; null if there is none.</param>
public sealed record ChainReport(NetworkId Network, long Links, string Head, BrokenLink? Broken);

/// <summary>Checks chains from their first link on, in pieces: memory stays the same however long they are.</summary>
public sealed class AuditVerifier(Databases databases, AuditLog log, TimeProvider clock, AuditMetrics metrics)
{
    private const int Piece = 1_000;

    /// <summary>What is older and has no link was not passed over by chance: the sealer runs every minute.</summary>
    private static readonly TimeSpan SealedBy = TimeSpan.FromHours(1);

    /// <summary>Checks all chains, one after the other.</summary>
    public async IAsyncEnumerable<ChainReport> VerifyAllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default)
    {
        List<NetworkId> networks;
        await using (var db = await databases.ReadAsync(DatabaseRole.Audit, ct))
            networks = await db.AuditEntries.AcrossNetworks().Select(e => e.NetworkId).Union(db.AuditLinks.AcrossNetworks().Select(l => l.NetworkId)).Distinct().ToListAsync(ct);
        foreach (var network in networks) yield return await VerifyAsync(network, ct);
    }

    /// <summary>Checks all chains and records in each network's audit, and in the platform's, what was found.</summary>
    /// <returns>The number of broken chains.</returns>
    public async Task<int> VerifyAndRecordAsync(CancellationToken ct = default)
    {
        var (chains, broken) = (0, 0);
        await foreach (var report in VerifyAllAsync(ct))
        {
            chains++;
            if (report.Broken is not null) broken++;
            var action = report.Broken is null ? AuditActions.ChainIntact : AuditActions.ChainBroken;
            if (report.Network != AuditEntry.Platform)
                await log.WriteAsync(AuditEntry.New(report.Network, clock.GetUtcNow(), AuditActor.System, action, AuditOutcome.Done) with { Subject = report.Broken?.Entry, Detail = report.Broken?.Fault.ToString() });
        }

        await log.WriteAsync(AuditEntry.New(AuditEntry.Platform, clock.GetUtcNow(), AuditActor.System, broken == 0 ? AuditActions.ChainIntact : AuditActions.ChainBroken, AuditOutcome.Done) with
        {
            Detail = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{broken}/{chains}"),
        });
        metrics.Checked(broken);
        return broken;
    }

    /// <summary>Checks one chain up to its first broken link.</summary>
    public async Task<ChainReport> VerifyAsync(NetworkId network, CancellationToken ct = default)
    {
        await using var db = databases.Make(DatabaseRole.Audit, network);
        var (seq, head, last) = (0L, AuditLink.Root, Guid.Empty);
        while (true)
        {
            var after = seq;
            var links = await db.AuditLinks.AsNoTracking().Where(l => l.Seq > after).OrderBy(l => l.Seq).Take(Piece).ToListAsync(ct);
            var ids = links.ConvertAll(l => l.EntryId);
            var rows = await db.AuditEntries.AsNoTracking().Where(e => ids.Contains(e.EntryId)).ToListAsync(ct);
            var entries = (await db.AuditEntryClients.WithClientsAsync(network, rows, ct)).ToDictionary(e => e.Id);
            foreach (var link in links)
            {
                if (Fault(link, seq + 1, head, entries) is { } fault)
                {
                    var entry = fault == AuditFault.MissingLink ? await UnlinkedAsync(db, last, link.EntryId, ct) : link.EntryId;
                    return new(network, seq, Convert.ToHexString(head), new(seq + 1, entry, fault));
                }

                (seq, head, last) = (link.Seq, Convert.FromHexString(link.Hash), link.EntryId);
            }

            if (links.Count < Piece) break;
        }

        var forgotten = await UnlinkedAsync(db, Guid.Empty, AuditEntry.FirstIdOf(clock.GetUtcNow() - SealedBy), ct);
        return new(network, seq, Convert.ToHexString(head), forgotten is null ? null : new(null, forgotten, AuditFault.MissingLink));
    }

    private static AuditFault? Fault(AuditLinkRow link, long seq, byte[] previous, Dictionary<Guid, AuditEntry> entries)
    {
        if (link.Seq != seq) return AuditFault.MissingLink;
        var digest = Convert.FromHexString(link.Digest);
        if (!Convert.FromHexString(link.Previous).AsSpan().SequenceEqual(previous)
            || !AuditChain.Hash(link.NetworkId, seq, link.EntryId, digest, previous).AsSpan().SequenceEqual(Convert.FromHexString(link.Hash))) return AuditFault.ReorderedLink;
        if (!entries.TryGetValue(link.EntryId, out var entry)) return AuditFault.MissingEntry;
        return AuditChain.Digest(entry).AsSpan().SequenceEqual(digest) ? null : AuditFault.ChangedEntry;
    }

    private static async Task<Guid?> UnlinkedAsync(IptCloudDb db, Guid after, Guid before, CancellationToken ct) =>
        await db.AuditEntries.Where(e => e.EntryId > after && e.EntryId < before && !db.AuditLinks.Any(l => l.EntryId == e.EntryId)).OrderBy(e => e.EntryId).Select(e => (Guid?)e.EntryId).FirstOrDefaultAsync(ct);
}
