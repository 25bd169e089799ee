using System.Data.Common;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace IptCloud.Data.Keys;

/// <summary>What a run did.</summary>
/// <param name="Rows">Rows that were sealed anew.</param>
/// <param name="Dropped">Key versions that nothing used any more.</param>
/// <param name="Waiting">Older versions that are still kept: used, or replaced so recently that a process may not know it yet.</param>
public sealed record ResealReport(long Rows, int Dropped, int Waiting);

/// <summary>
/// Seals with a network's newest key what was sealed with an older one, or not at all. In small batches beside everything
/// else that runs; whoever is interrupted starts again and finds less to do. Changes payload and key version, nothing else.
/// </summary>
/// <param name="clock">The system clock.</param>
public sealed class Reseal(Databases databases, NetworkKeys keys, TimeProvider clock)
{
    private const int Batch = 200;

    /// <summary>Longer than any process may go on sealing with the version before, including what waits in its queue.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromMinutes(5);

    /// <summary>Goes through one network.</summary>
    /// <param name="progress">Told after every batch.</param>
    /// <exception cref="UnreadableException">A row does not open: it is named, and nothing after it was touched.</exception>
    public async Task<ResealReport> RunAsync(NetworkId network, Action<long>? progress = null, CancellationToken ct = default)
    {
        var newest = await NewestAsync(network, ct);
        var ring = await keys.RingAsync(network, newest, ct);
        long rows = 0;
        foreach (var table in SealedTable.All)
            for (object[]? last = null; ;)
            {
                var batch = await ReadAsync(table, network, newest, last, ct);
                if (batch.Count == 0) break;
                rows += await WriteAsync(table, ring, batch, ct);
                progress?.Invoke(rows);
                if (table.Key.IsEmpty) break;
                last = batch[^1].Key;
            }

        if (rows > 0)
        {
            await using var db = await databases.WriteAsync(DatabaseRole.Reseal, ct);
            await db.RemoveRemnantsAsync(ct);
        }

        var (dropped, waiting) = await DropAsync(network, newest, ct);
        return new(rows, dropped, waiting);
    }

    private async Task<int> NewestAsync(NetworkId network, CancellationToken ct)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return await db.NetworkKeys.MaxAsync(k => (int?)k.Version, ct) ?? 0;
    }

    private async Task<List<Row>> ReadAsync(SealedTable table, NetworkId network, int newest, object[]? last, CancellationToken ct)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Reseal, ct);
        await db.Database.OpenConnectionAsync(ct);
        var order = string.Join(',', table.Key);
        await using var command = Command(db, null,
            $"select {table.Column},key_version{string.Concat(table.Key.Select(k => "," + k))} from {table.Name} where network_id=@n and key_version<>@v"
            + (last is null ? "" : $" and ({order})>({string.Join(',', last.Select((_, i) => $"@k{i}"))})") + (table.Key.IsEmpty ? "" : $" order by {order} limit {Batch}"));
        Add(command, "@n", network.Value);
        Add(command, "@v", newest);
        for (var i = 0; i < last?.Length; i++) Add(command, $"@k{i}", last[i]);
        await using var found = await command.ExecuteReaderAsync(ct);
        List<Row> rows = [];
        while (await found.ReadAsync(ct)) rows.Add(new([.. table.Key.Select((_, i) => found.GetValue(i + 2))], found.GetFieldValue<byte[]>(0), found.GetInt32(1)));
        return rows;
    }

    /// <summary>A row that was written by somebody else meanwhile is left as it is: they used the newest key, or the next run finds it.</summary>
    private async Task<long> WriteAsync(SealedTable table, KeyRing ring, List<Row> rows, CancellationToken ct)
    {
        var anew = rows.ConvertAll(r => (Row: r, Sealed: Again(ring, table.PlaceOf(r.Key), r)));
        await using var db = await databases.WriteAsync(DatabaseRole.Reseal, ct);
        await db.OverwriteDeletedAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await using var command = Command(db, transaction.GetDbTransaction(),
            $"update {table.Name} set {table.Column}=@p,key_version=@v where network_id=@n and key_version=@old and {table.Column}=@before{string.Concat(table.Key.Select((k, i) => $" and {k}=@k{i}"))}");
        // The same parameters for every row: a prepared command keeps those that it was prepared with.
        string[] names = ["@p", "@v", "@n", "@old", "@before", .. table.Key.Select((_, i) => $"@k{i}")];
        foreach (var name in names) Add(command, name, DBNull.Value);
        long done = 0;
        foreach (var (row, next) in anew)
        {
            object[] values = [next.Payload, next.KeyVersion, ring.Network.Value, row.KeyVersion, row.Payload, .. row.Key];
            for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
            done += await command.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return done;
    }

    private static Sealed Again(KeyRing ring, Place place, Row row) => ring.Seal(place, ring.Open(place, row.Payload, row.KeyVersion));

    private async Task<(int Dropped, int Waiting)> DropAsync(NetworkId network, int newest, CancellationToken ct)
    {
        var unsettled = clock.GetUtcNow() - Settled;
        List<NetworkKeyRow> old;
        await using (var db = await databases.ReadAsync(network, ct))
        {
            var rows = await db.NetworkKeys.AsNoTracking().Where(k => k.NetworkId == network).OrderBy(k => k.Version).ToListAsync(ct);
            old = [.. rows.Where(r => r.Version < newest)];
            if (rows.Count == 0 || rows[^1].CreatedAt > unsettled) return (0, old.Count);
        }

        var dropped = 0;
        foreach (var version in old.Select(r => r.Version))
        {
            if (await IsUsedAsync(network, version, ct)) continue;
            await using var db = await databases.WriteAsync(DatabaseRole.Keys, ct);
            dropped += await db.NetworkKeys.AcrossNetworks().Where(k => k.NetworkId == network && k.Version == version).ExecuteDeleteAsync(ct);
        }

        return (dropped, old.Count - dropped);
    }

    private async Task<bool> IsUsedAsync(NetworkId network, int version, CancellationToken ct)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Reseal, ct);
        await db.Database.OpenConnectionAsync(ct);
        foreach (var table in SealedTable.All)
        {
            await using var command = Command(db, null, $"select 1 from {table.Name} where network_id=@n and key_version=@v limit 1");
            Add(command, "@n", network.Value);
            Add(command, "@v", version);
            if (await command.ExecuteScalarAsync(ct) is not null) return true;
        }

        return false;
    }

    private static DbCommand Command(IptCloudDb db, DbTransaction? transaction, string sql)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // built from the list of sealed tables only
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    private sealed record Row(object[] Key, byte[] Payload, int KeyVersion);
}
