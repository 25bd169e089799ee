using IptCloud.Data.Journal;
using IptCloud.Data.Storage;
using IptCloud.Domain.Audit;
using Microsoft.Data.Sqlite;

namespace IptCloud.Data.Audit;

/// <summary>The audit in the SQLite file, on a connection of its own, in turn with the journal.</summary>
public sealed class SqliteAuditLog(string connectionString, WriteTurns turns, TimeProvider clock, AuditMetrics metrics) : AuditLog(clock, metrics)
{
    private SqliteStatements? open;

    /// <inheritdoc />
    protected override async Task CommitAsync(IReadOnlyList<AuditEntry> entries)
    {
        await turns.TakeAsync();
        try
        {
            Commit(entries);
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

    private void Commit(IReadOnlyList<AuditEntry> entries)
    {
        open ??= new(connectionString);
        try
        {
            open.Run("begin immediate");
            foreach (var entry in entries)
            {
                open.Insert(AuditTables.Entries, AuditTables.Row(entry));
                foreach (var client in entry.Clients) open.Insert(AuditTables.Clients, [entry.Network.Value, client.Value, entry.Id]);
            }

            open.Run("commit");
        }
        catch (SqliteException)
        {
            Close(); // and with it the transaction, if there is one
            throw;
        }
    }

    private void Close()
    {
        open?.Dispose();
        open = null;
    }
}
