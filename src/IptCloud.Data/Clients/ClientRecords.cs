using System.Collections.Immutable;
using System.Text.Json;
using IptCloud.Data.Audit;
using IptCloud.Data.Keys;
using IptCloud.Data.Messages;
using IptCloud.Data.Storage;
using IptCloud.Domain.Clients;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Clients;

/// <summary>A record with the version that a form was filled in against.</summary>
public sealed record VersionedClient(ClientId Id, int Version, ClientRecord Record);

/// <summary>Clients' records, opened and sealed on the way.</summary>
public sealed class ClientRecords(Databases databases, NetworkKeys keys, AuditWatch watch)
{
    private readonly Func<IptCloudDb, NetworkId, ClientId, Task<ClientRow?>> find = EF.CompileAsyncQuery((IptCloudDb db, NetworkId network, ClientId client) =>
        db.Clients.AsNoTracking().SingleOrDefault(c => c.NetworkId == network && c.ClientId == client));

    /// <summary>One record; null if there is none.</summary>
    public async Task<VersionedClient?> FindAsync(NetworkId network, ClientId client, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return await FindAsync(db, network, client, ct);
    }

    /// <summary>The same, through a context that is open.</summary>
    public async Task<VersionedClient?> FindAsync(IptCloudDb db, NetworkId network, ClientId client, CancellationToken ct = default)
    {
        var row = await find(db, network, client);
        if (row is null) return null;
        watch.Shown(network, client);
        return new(client, row.Version, Open(await keys.RingAsync(network, row.KeyVersion, ct), client, row.Payload, row.KeyVersion));
    }

    /// <summary>The full names of these clients.</summary>
    public async Task<ImmutableDictionary<ClientId, string>> NamesAsync(NetworkId network, IEnumerable<ClientId> clients, CancellationToken ct = default)
    {
        var ids = clients.Distinct().ToList();
        await using var db = await databases.ReadAsync(network, ct);
        var rows = await db.Clients.AsNoTracking().Where(c => c.NetworkId == network && ids.Contains(c.ClientId)).Select(c => new { c.ClientId, c.Payload, c.KeyVersion }).ToListAsync(ct);
        if (rows.Count == 0) return ImmutableDictionary<ClientId, string>.Empty;
        watch.Shown(network, [.. rows.Select(r => r.ClientId)]);
        var ring = await keys.RingAsync(network, rows.Max(r => r.KeyVersion), ct);
        return rows.ToImmutableDictionary(r => r.ClientId, r => Open(ring, r.ClientId, r.Payload, r.KeyVersion).FullName);
    }

    /// <summary>Stores a new record. Storing the same id and record again changes nothing.</summary>
    public async Task AddAsync(NetworkId network, ClientId client, ClientRecord record, CancellationToken ct = default)
    {
        var (payload, keyVersion) = await SealAsync(network, client, record, ct);
        await using var db = await databases.WriteAsync(network, ct);
        if (await db.Clients.AnyAsync(c => c.NetworkId == network && c.ClientId == client, ct)) return;
        db.Clients.Add(new() { NetworkId = network, ClientId = client, Version = 1, Payload = payload, KeyVersion = keyVersion });
        try
        {
            await db.SaveChangesAsync(ct);
            watch.Changed(network, client);
        }
        catch (DbUpdateException)
        {
            // The other half of a double click was quicker. Anything else surfaces.
            await using var again = await databases.ReadAsync(network, ct);
            if (!await again.Clients.AnyAsync(c => c.NetworkId == network && c.ClientId == client, ct)) throw;
        }
    }

    /// <summary>
    /// Changes a record if it still is as <paramref name="seen"/>. A withdrawn consent withdraws the client's unsent messages in the same transaction,
    /// and another address closes the links that went to the one before.
    /// </summary>
    /// <param name="now">By the clinic clock.</param>
    /// <returns>False if someone changed it meanwhile.</returns>
    public async Task<bool> ChangeAsync(NetworkId network, VersionedClient seen, ClientRecord record, DateTimeOffset now, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var (client, version, before) = seen;
        var (payload, keyVersion) = await SealAsync(network, client, record, ct);
        await using var db = await databases.WriteAsync(network, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var changed = await db.Clients.Where(c => c.NetworkId == network && c.ClientId == client && c.Version == version)
            .ExecuteUpdateAsync(u => u.SetProperty(c => c.Version, version + 1).SetProperty(c => c.Payload, payload).SetProperty(c => c.KeyVersion, keyVersion), ct);
        if (changed == 1 && !record.MayEmail)
            await db.Outbox.Where(m => m.NetworkId == network && m.ClientId == client && m.Recipient == null && m.State == OutboxStates.Pending)
                .ExecuteUpdateAsync(u => u.SetProperty(m => m.State, OutboxStates.Withdrawn).SetProperty(m => m.Detail, "consent withdrawn"), ct);
        if (changed == 1 && record.LeavesAddressOf(before))
            await db.TaskLinks.Where(l => l.NetworkId == network && l.SpentAt == null && l.ExpiresAt > now && db.CourseCards.Any(c => c.NetworkId == network && c.CourseId == l.CourseId && c.ClientId == client))
                .ExecuteUpdateAsync(u => u.SetProperty(l => l.ExpiresAt, now), ct);
        await transaction.CommitAsync(ct);
        if (changed == 1) watch.Changed(network, client);
        return changed == 1;
    }

    internal static ClientRecord Open(KeyRing ring, ClientId client, byte[] payload, int keyVersion) =>
        JsonSerializer.Deserialize<ClientRecord>(ring.Open(Place.Client(client), payload, keyVersion))!;

    private async Task<Sealed> SealAsync(NetworkId network, ClientId client, ClientRecord record, CancellationToken ct) =>
        (await keys.RingAsync(network, ct: ct)).Seal(Place.Client(client), JsonSerializer.SerializeToUtf8Bytes(record));
}
