using System.Collections.Immutable;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using Microsoft.Data.Sqlite;

namespace IptCloud.Data.Journal;

/// <summary>The journal in a SQLite file: one writer on its own connection, prepared statements, WAL, <c>synchronous=FULL</c>.</summary>
public sealed class SqliteCourseJournal(string connectionString, TimeProvider clock, JournalMetrics metrics) : GroupCommit(clock, metrics), ICourseJournal
{
    private readonly Dictionary<(Table, bool Write), SqliteCommand> commands = [];
    private SqliteConnection? connection;
    private SqliteCommand? begin, commit, rollback, withdraw;

    /// <inheritdoc />
    protected override Task CommitAsync(IReadOnlyList<Append> appends)
    {
        Open();
        begin!.ExecuteNonQuery();
        try
        {
            foreach (var append in appends) Write(append);
            commit!.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            try
            {
                rollback!.ExecuteNonQuery();
            }
            catch (SqliteException)
            {
                Close(); // no transaction to roll back, or the file is gone: start afresh
            }

            throw;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override AppendOutcome? Violated(Exception failure) =>
        failure is SqliteException { SqliteErrorCode: 19 } e
            ? OutcomeOf(e.Message switch
            {
                var m when m.Contains("journal.command_id", StringComparison.Ordinal) => "ux_journal_command",
                var m when m.Contains("journal.seq", StringComparison.Ordinal) => "pk_journal",
                var m when m.Contains("therapist_slots.slot", StringComparison.Ordinal) => "pk_therapist_slots",
                var m when m.Contains("open_courses.client_id", StringComparison.Ordinal) => "pk_open_courses",
                _ => "",
            })
            : null;

    /// <inheritdoc />
    protected override bool IsOutage(Exception failure) => failure is SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 11 or 13 or 14 or 26 } or not SqliteException; // busy, locked, read-only, i/o, corrupt, full, cannot open, not a database

    /// <inheritdoc />
    public async Task<ImmutableArray<RecordedEvent>> ReadAsync(CourseKey key, long after, CancellationToken ct = default)
    {
        await using var reading = new SqliteConnection(connectionString);
        await reading.OpenAsync(ct);
        await using var command = reading.CreateCommand();
        command.CommandText = JournalSql.Select("$n", "$k", "$s", "$a");
        command.Parameters.AddRange([new SqliteParameter("$n", key.Network.Value), new SqliteParameter("$k", EventRegistry.CourseStream), new SqliteParameter("$s", key.Course.Value), new SqliteParameter("$a", after)]);
        await using var rows = await command.ExecuteReaderAsync(ct);
        return JournalSql.Read(rows);
    }

    /// <inheritdoc />
    public async Task<long?> FindCommandAsync(CourseKey key, CommandId command, CancellationToken ct = default)
    {
        await using var reading = new SqliteConnection(connectionString);
        await reading.OpenAsync(ct);
        await using var find = reading.CreateCommand();
        find.CommandText = JournalSql.FindCommand("$n", "$k", "$s", "$c");
        find.Parameters.AddRange([new SqliteParameter("$n", key.Network.Value), new SqliteParameter("$k", EventRegistry.CourseStream), new SqliteParameter("$s", key.Course.Value), new SqliteParameter("$c", command.Value)]);
        return await find.ExecuteScalarAsync(ct) as long?;
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Close();
    }

    private void Open()
    {
        if (connection is not null) return;
        connection = new(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        connection.Open();
        Prepare("pragma journal_mode=wal").ExecuteNonQuery();
        Prepare("pragma synchronous=full").ExecuteNonQuery();
        (begin, commit, rollback, withdraw) = (Prepare("begin immediate"), Prepare("commit"), Prepare("rollback"), Prepare(JournalSql.Withdraw("$p0", "$p1"), 2));
    }

    private void Close()
    {
        foreach (var command in commands.Values) command.Dispose();
        commands.Clear();
        connection?.Dispose();
        connection = null;
    }

    private void Write(Append append)
    {
        foreach (var change in append.Changes)
            foreach (var key in change.Deletes) Execute(Command(change.Table, write: false), key);
        foreach (var change in append.Changes)
            foreach (var row in change.Writes) Execute(Command(change.Table, write: true), row);
        if (append.WithdrawsClientMessages) Execute(withdraw!, [append.Key.Network.Value, append.Key.Course.Value]);
    }

    private static void Execute(SqliteCommand command, object?[] values)
    {
        for (var i = 0; i < command.Parameters.Count; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(Table table, bool write)
    {
        if (commands.TryGetValue((table, write), out var known)) return known;
        return commands[(table, write)] = write
            ? Prepare($"insert into {table.Name}({JournalSql.Names(table)}) values({string.Join(',', Enumerable.Range(0, table.Columns.Length).Select(i => $"$p{i}"))}){JournalSql.OnConflict(table)}", table.Columns.Length)
            : Prepare($"delete from {table.Name} where {string.Join(" and ", table.Key.Select((c, i) => $"{c.Name}=$p{i}"))}", table.KeyLength);
    }

    private SqliteCommand Prepare(string sql, int parameters = 0)
    {
        var command = connection!.CreateCommand();
#pragma warning disable CA2100 // built from the table definitions only
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < parameters; i++) command.Parameters.Add(new SqliteParameter($"$p{i}", null));
        return command;
    }
}
