using IptCloud.Domain.Identifiers;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Storage;

/// <summary>Everything in one SQLite file. It knows no roles: what keeps networks apart here are the filters above it and the data keys.</summary>
internal sealed class SqliteDatabases(string connectionString, WriteTurns turns) : Databases
{
    private readonly DbContextOptions<SqliteIptCloudDb> options = SqliteIptCloudDb.OptionsFor(connectionString);

    public override IptCloudDb Make(DatabaseRole role, NetworkId? network = null) => new SqliteIptCloudDb(options, turns) { Network = network };

    public override async Task MigrateAsync(CancellationToken ct = default)
    {
        await using var db = Make(DatabaseRole.Directory);
        // The framework would make it readable for all, and has a log written ahead only of what it makes.
        if (OwnerOnly.MakeDatabase(new SqliteConnectionStringBuilder(connectionString).DataSource)) await db.Database.ExecuteSqlAsync($"pragma journal_mode=wal", ct);
        await db.Database.MigrateAsync(ct);
        // Here and not in a migration, because SQLite drops them when a migration rebuilds the table.
        foreach (var table in new[] { "audit_entries", "audit_entry_clients", "audit_chain" })
            foreach (var change in new[] { "update", "delete" })
#pragma warning disable EF1002, RS0030 // our own names
                await db.Database.ExecuteSqlRawAsync($"create trigger if not exists {table}_no_{change} before {change} on {table} begin select raise(abort, 'the audit is append-only'); end", ct);
#pragma warning restore EF1002, RS0030
    }

    public override async Task<DateTimeOffset?> ClockAsync(DatabaseRole role, CancellationToken ct = default)
    {
        await using var db = Make(role);
        await db.Database.ExecuteSqlAsync($"select 1", ct);
        return null;
    }

    public override async Task<bool> IsMigratedAsync(CancellationToken ct = default)
    {
        await using var db = Make(DatabaseRole.Directory);
        return !(await db.Database.GetPendingMigrationsAsync(ct)).Any();
    }
}
