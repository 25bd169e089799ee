using System.Collections.Immutable;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using Microsoft.Data.Sqlite;

namespace IptCloud.Data.Journal;

/// <summary>The journal in a SQLite file: one writer on its own connection, prepared statements, WAL, <c>synchronous=FULL</c>.</summary>
public sealed class SqliteCourseJournal(string connectionString, WriteTurns turns, TimeProvider clock, JournalMetrics metrics, NetworkKeys keys) : GroupCommit(clock, metrics), ICourseJournal
{
    private static readonly string Withdraw = JournalSql.Withdraw("?1", "?2");
    private SqliteStatements? open;

    /// <inheritdoc />
    protected override async Task CommitAsync(IReadOnlyList<Append> appends)
    {
        await turns.TakeAsync();
        try
        {
            Commit(appends);
        }
        finally
        {
            turns.End();
        }
    }

    private void Commit(IReadOnlyList<Append> appends)
    {
        open ??= new(connectionString);
        open.Run("begin immediate");
        try
        {
            foreach (var append in appends) Write(open, append);
            open.Run("commit");
        }
        catch (SqliteException)
        {
            try
            {
                open.Run("rollback");
            }
            catch (SqliteException)
            {
                Close(); // no transaction to roll back, or the file is gone: start afresh
            }

            throw;
        }
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
        return await keys.OpenAsync(key, JournalSql.Read(rows), ct);
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
    public async Task ProveAsync(CancellationToken ct = default)
    {
        await turns.TakeAsync(ct);
        try
        {
            open ??= new(connectionString);
            open.Run("begin immediate");
            open.Run("pragma user_version = 0"); // a number that nobody uses; setting it writes a page
            open.Run("commit");
        }
        catch (SqliteException)
        {
            Close(); // with whatever it had begun
            throw;
        }
        finally
        {
            turns.End();
        }
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Close();
    }

    private void Close()
    {
        open?.Dispose();
        open = null;
    }

    private static void Write(SqliteStatements open, Append append)
    {
        foreach (var change in append.Changes)
            foreach (var key in change.Deletes) open.Delete(change.Table, key);
        foreach (var change in append.Changes)
            foreach (var write in change.Writes)
                if (change.Table.Write != WriteKind.Upsert || write.Before is null || !open.Update(change.Table, write.Before, write.Row)) open.Insert(change.Table, write.Row);
        if (append.WithdrawsClientMessages) open.Run(Withdraw, append.Key.Network.Value, append.Key.Course.Value);
    }
}
