using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using IptCloud.Data.Courses;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace IptCloud.Data.Journal;

/// <summary>What a rebuild found.</summary>
/// <param name="Differences">One line for each row that is missing, superfluous or other than the journal says. Ids and codes only.</param>
/// <param name="Erased">Courses that were left out, because the keys of their network are erased.</param>
public sealed record RebuildReport(int Courses, long Events, IReadOnlyList<string> Differences, int Erased);

/// <summary>Replays the journal and compares, or renews, everything derived from it.</summary>
public sealed class Rebuild(Databases databases, NetworkKeys keys)
{
    /// <summary>Compares, in one snapshot, and changes nothing.</summary>
    public async Task<RebuildReport> CheckAsync(CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Rebuild, ct);
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var connection = db.Database.GetDbConnection();
        var transaction = snapshot.GetDbTransaction();
        List<string> differences = [];
        long events = 0;
        var (streams, erased) = await StreamsAsync(db, ct);
        foreach (var key in streams)
        {
            var (version, state) = await ReplayAsync(connection, transaction, key, ct);
            events += version;
            foreach (var table in Tables.Derived)
                if (Append.Difference(table, Stored(connection, transaction, table, key), CourseProjection.RowsOf(table, key, version, state)) is { } change) differences.AddRange(Describe(key, change));
        }

        foreach (var table in Tables.Derived)
            foreach (var key in Owners(connection, transaction, table).Except(streams).Except(erased)) differences.Add($"{table.Name}: rows of course {key.Course}, which the journal does not know");
        return new(streams.Count, events, differences, erased.Count);
    }

    /// <summary>Writes what the journal says, course by course, each while nobody else writes. Messages are never made anew.</summary>
    public async Task<RebuildReport> RenewAsync(CancellationToken ct = default)
    {
        await using var db = await databases.WriteAsync(DatabaseRole.Rebuild, ct);
        List<string> differences = [];
        long events = 0;
        var (streams, erased) = await StreamsAsync(db, ct);
        foreach (var key in streams)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            // Every append writes its card: while this lock is held, none does.
            if (db.Database.IsNpgsql()) await db.Database.ExecuteSqlAsync($"lock table course_cards in share row exclusive mode", ct);
            var connection = db.Database.GetDbConnection();
            var (version, state) = await ReplayAsync(connection, transaction.GetDbTransaction(), key, ct);
            events += version;
            foreach (var table in Tables.Derived)
            {
                if (Append.Difference(table, Stored(connection, transaction.GetDbTransaction(), table, key), CourseProjection.RowsOf(table, key, version, state)) is not { } change) continue;
                differences.AddRange(Describe(key, change));
                foreach (var row in change.Deletes) Execute(connection, transaction.GetDbTransaction(), $"delete from {table.Name} where {Where(table.Key)}", table.Key, row);
                foreach (var (row, _) in change.Writes) Execute(connection, transaction.GetDbTransaction(), $"insert into {table.Name}({JournalSql.Names(table)}) values({string.Join(',', table.Columns.Select(c => "@" + c.Name))}){JournalSql.OnConflict(table)}", table.Columns, row);
            }

            await transaction.CommitAsync(ct);
        }

        return new(streams.Count, events, differences, erased.Count);
    }

    /// <summary>What each course's state amounts to, as a hash: two databases that agree in it hold the same courses, event for event as far as it matters.</summary>
    public async Task<IReadOnlyDictionary<CourseKey, string>> StateHashesAsync(CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Rebuild, ct);
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        Dictionary<CourseKey, string> hashes = [];
        foreach (var key in (await StreamsAsync(db, ct)).Readable)
        {
            var (version, state) = await ReplayAsync(db.Database.GetDbConnection(), snapshot.GetDbTransaction(), key, ct);
            hashes[key] = $"{version}.{Convert.ToHexStringLower(SHA256.HashData(StateJson.Write(state)))}";
        }

        return hashes;
    }

    /// <summary>Every course of the journal, apart from those that nobody can read any more.</summary>
    private async Task<(HashSet<CourseKey> Readable, HashSet<CourseKey> Erased)> StreamsAsync(IptCloudDb db, CancellationToken ct)
    {
        var all = (await db.Journal.AcrossNetworks().Where(j => j.StreamKind == EventRegistry.CourseStream && j.Seq == 1).Select(j => new { j.NetworkId, j.StreamId }).ToListAsync(ct)).ConvertAll(j => new CourseKey(j.NetworkId, new(j.StreamId)));
        HashSet<NetworkId> gone = [];
        foreach (var network in all.Select(k => k.Network).Distinct())
            try
            {
                await keys.RingAsync(network, ct: ct);
            }
            catch (NetworkErasedException)
            {
                gone.Add(network);
            }

        return ([.. all.Where(k => !gone.Contains(k.Network))], [.. all.Where(k => gone.Contains(k.Network))]);
    }

    private async Task<(long Version, CourseState State)> ReplayAsync(DbConnection connection, DbTransaction transaction, CourseKey key, CancellationToken ct)
    {
        List<StoredEvent> stored;
        using (var command = Command(connection, transaction, JournalSql.Select("@n", "@k", "@s", "0")))
        {
            Add(command, "@n", key.Network.Value);
            Add(command, "@k", EventRegistry.CourseStream);
            Add(command, "@s", key.Course.Value);
            using var rows = command.ExecuteReader();
            stored = JournalSql.Read(rows);
        }

        var (version, state) = (0L, CourseState.Empty);
        foreach (var e in await keys.OpenAsync(key, stored, ct)) (version, state) = (e.Seq, state.Apply(e.Event, e.Meta));
        return (version, state);
    }

    private static object?[][] Stored(DbConnection connection, DbTransaction transaction, Table table, CourseKey key)
    {
        using var command = Command(connection, transaction, $"select {JournalSql.Names(table)} from {table.Name} where network_id=@n and course_id=@c");
        Add(command, "@n", key.Network.Value);
        Add(command, "@c", key.Course.Value);
        using var rows = command.ExecuteReader();
        List<object?[]> found = [];
        while (rows.Read())
            found.Add([.. table.Columns.Select((c, i) => rows.IsDBNull(i) ? null : c.Kind switch { ColumnKind.Id => rows.GetGuid(i), ColumnKind.Number => rows.GetFieldValue<long>(i), _ => (object)rows.GetString(i) })]);
        return [.. found];
    }

    private static List<CourseKey> Owners(DbConnection connection, DbTransaction transaction, Table table)
    {
        using var command = Command(connection, transaction, $"select distinct network_id,course_id from {table.Name}");
        using var rows = command.ExecuteReader();
        List<CourseKey> owners = [];
        while (rows.Read()) owners.Add(new(new(rows.GetGuid(0)), new(rows.GetGuid(1))));
        return owners;
    }

    private static IEnumerable<string> Describe(CourseKey key, TableChange change)
    {
        string Row(object?[] row) => string.Join(' ', change.Table.Columns.Select((c, i) => string.Create(CultureInfo.InvariantCulture, $"{c.Name}={row[i]}")));
        foreach (var row in change.Deletes) yield return $"{change.Table.Name}, course {key.Course}: stored, but not in the journal: {Row(row)}";
        foreach (var (row, _) in change.Writes) yield return $"{change.Table.Name}, course {key.Course}: missing or other than the journal says: {Row(row)}";
    }

    private static void Execute(DbConnection connection, DbTransaction transaction, string sql, IEnumerable<Column> columns, object?[] row)
    {
        using var command = Command(connection, transaction, sql);
        var i = 0;
        foreach (var column in columns) Add(command, "@" + column.Name, row[i++]);
        command.ExecuteNonQuery();
    }

    private static string Where(IEnumerable<Column> columns) => string.Join(" and ", columns.Select(c => $"{c.Name}=@{c.Name}"));

    private static DbCommand Command(DbConnection connection, DbTransaction transaction, string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // built from the table definitions only
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    private static void Add(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
        command.Parameters.Add(parameter);
    }
}
