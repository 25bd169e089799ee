using IptCloud.Data.Journal;
using IptCloud.Data.Storage;
using IptCloud.Domain.Audit;

namespace IptCloud.Data.Audit;

/// <summary>The audit in PostgreSQL, by the login that may add to it and change nothing: two statements whatever the size of the batch, in one implicit transaction.</summary>
public sealed class PostgresAuditLog(PostgresDatabases databases, TimeProvider clock, AuditMetrics metrics) : AuditLog(clock, metrics)
{
    /// <inheritdoc />
    protected override async Task CommitAsync(IReadOnlyList<AuditEntry> entries)
    {
        await using var connection = await databases.Source(DatabaseRole.Audit).OpenConnectionAsync();
        await using var batch = connection.CreateBatch();
        PostgresCourseJournal.AddInsert(batch, AuditTables.Entries, [.. entries.Select(AuditTables.Row)]);
        List<object?[]> clients = [.. entries.SelectMany(e => e.Clients.Select(c => new object?[] { e.Network.Value, c.Value, e.Id }))];
        if (clients.Count > 0) PostgresCourseJournal.AddInsert(batch, AuditTables.Clients, clients);
        await batch.ExecuteNonQueryAsync();
    }
}
