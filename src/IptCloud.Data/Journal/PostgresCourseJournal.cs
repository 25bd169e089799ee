using System.Collections.Immutable;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using Npgsql;

namespace IptCloud.Data.Journal;

/// <summary>
/// The journal in PostgreSQL: set-based statements, few whatever the size of the batch, in one implicit transaction and one
/// round trip. Appends go by a login that may write for all networks and read nothing; a course is read by the one that sees
/// its network only.
/// </summary>
public sealed class PostgresCourseJournal(PostgresDatabases databases, TimeProvider clock, JournalMetrics metrics, NetworkKeys keys) : GroupCommit(clock, metrics), ICourseJournal
{
    /// <inheritdoc />
    /// <remarks>Written twice after all, the second is a conflict, since of all inserts the journal's comes first, and each caller finds its own command there.</remarks>
    protected override Task CommitAsync(IReadOnlyList<Append> appends) => databases.Journal.OnceMoreAsync(() => WriteAsync(appends));

    private async Task<int> WriteAsync(IReadOnlyList<Append> appends)
    {
        await using var connection = await databases.Journal.OpenConnectionAsync();
        await using var batch = connection.CreateBatch();
        var changes = appends.SelectMany(a => a.Changes).ToLookup(c => c.Table);
        foreach (var table in Tables.All)
            if (changes[table].SelectMany(c => c.Deletes).ToList() is { Count: > 0 } keys) Add(batch, Delete(table), table.Key, keys);
        foreach (var table in Tables.All)
            if (changes[table].SelectMany(c => c.Writes.Select(w => w.Row)).ToList() is { Count: > 0 } rows) AddInsert(batch, table, rows);
        foreach (var append in appends.Where(a => a.WithdrawsClientMessages))
            batch.BatchCommands.Add(new(JournalSql.Withdraw("$1", "$2")) { Parameters = { new() { Value = append.Key.Network.Value }, new() { Value = append.Key.Course.Value } } });
        return await batch.ExecuteNonQueryAsync();
    }

    /// <inheritdoc />
    protected override AppendOutcome? Violated(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } e ? OutcomeOf(e.ConstraintName ?? "") : null;

    /// <inheritdoc />
    protected override bool IsOutage(Exception failure) => failure is not PostgresException { SqlState: { } state } || state[..2] is "08" or "53" or "57" or "58"; // connection, resources, operator, system

    /// <inheritdoc />
    public async Task<ImmutableArray<RecordedEvent>> ReadAsync(CourseKey key, long after, CancellationToken ct = default)
    {
        List<StoredEvent> stored;
        try
        {
            stored = await databases.Source(DatabaseRole.App).OnceMoreAsync(async () =>
            {
                await using var batch = InNetwork(key.Network, JournalSql.Select("$1", "$2", "$3", "$4"), key.Network.Value, EventRegistry.CourseStream, key.Course.Value, after);
                await using var rows = await batch.ExecuteReaderAsync(ct);
                await rows.NextResultAsync(ct);
                return JournalSql.Read(rows);
            });
        }
        catch (NpgsqlException e)
        {
            // Npgsql's own exceptions must not reach a process without Npgsql.
            throw new JournalUnavailableException("The journal's database failed.", e);
        }

        return await keys.OpenAsync(key, stored, ct);
    }

    /// <inheritdoc />
    public async Task<long?> FindCommandAsync(CourseKey key, CommandId command, CancellationToken ct = default)
    {
        await using var batch = InNetwork(key.Network, JournalSql.FindCommand("$1", "$2", "$3", "$4"), key.Network.Value, EventRegistry.CourseStream, key.Course.Value, command.Value);
        await using var rows = await batch.ExecuteReaderAsync(ct);
        await rows.NextResultAsync(ct);
        return await rows.ReadAsync(ct) ? rows.GetInt64(0) : null;
    }

    /// <inheritdoc />
    public async Task ProveAsync(CancellationToken ct = default)
    {
        // A message in the log of writes, which the commit has to flush; no table is touched.
        await using var command = databases.Journal.CreateCommand("select has_table_privilege('journal', 'insert'), pg_logical_emit_message(true, 'iptcloud', '')");
        if (await command.ExecuteScalarAsync(ct) is not true) throw new JournalUnavailableException("The journal may not be written.");
    }

    /// <summary>Says whose rows are meant, then reads, in one round trip.</summary>
    private NpgsqlBatch InNetwork(NetworkId network, string sql, params ReadOnlySpan<object> values)
    {
        var batch = databases.Source(DatabaseRole.App).CreateBatch();
        batch.BatchCommands.Add(new("select set_config('app.network', $1, false)") { Parameters = { new() { Value = network.Value.ToString() } } });
#pragma warning disable CA2100 // built from the table definitions only
        NpgsqlBatchCommand read = new(sql);
#pragma warning restore CA2100
        foreach (var value in values) read.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(read);
        return batch;
    }

    /// <summary>Adds a statement that writes all rows of a table, however many.</summary>
    internal static void AddInsert(NpgsqlBatch batch, Table table, List<object?[]> rows) => Add(batch, Insert(table), table.Columns, rows);

    private static string Insert(Table table) =>
        $"insert into {table.Name}({JournalSql.Names(table)}) select * from unnest({Arrays(table.Columns)}){JournalSql.OnConflict(table)}";

    private static string Delete(Table table) =>
        $"delete from {table.Name} t using unnest({Arrays(table.Key)}) u({string.Join(',', table.Key.Select(c => c.Name))}) where {string.Join(" and ", table.Key.Select(c => $"t.{c.Name}=u.{c.Name}"))}";

    private static string Arrays(IEnumerable<Column> columns) => string.Join(',', columns.Select((c, i) => $"${i + 1}::{c.Kind switch { ColumnKind.Id => "uuid[]", ColumnKind.Number => "bigint[]", ColumnKind.Bytes => "bytea[]", _ => "text[]" }}"));

    private static void Add(NpgsqlBatch batch, string sql, IEnumerable<Column> columns, List<object?[]> rows)
    {
#pragma warning disable CA2100 // built from the table definitions only
        var command = new NpgsqlBatchCommand(sql);
#pragma warning restore CA2100
        var index = 0;
        foreach (var column in columns)
        {
            var i = index++;
            command.Parameters.Add(column.Kind switch
            {
                ColumnKind.Id => new NpgsqlParameter<Guid?[]> { TypedValue = [.. rows.Select(r => (Guid?)r[i])] },
                ColumnKind.Number => new NpgsqlParameter<long?[]> { TypedValue = [.. rows.Select(r => (long?)r[i])] },
                ColumnKind.Bytes => new NpgsqlParameter<byte[]?[]> { TypedValue = [.. rows.Select(r => (byte[]?)r[i])] },
                _ => new NpgsqlParameter<string?[]> { TypedValue = [.. rows.Select(r => (string?)r[i])] },
            });
        }

        batch.BatchCommands.Add(command);
    }
}
