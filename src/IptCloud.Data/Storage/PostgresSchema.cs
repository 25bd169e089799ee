using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace IptCloud.Data.Storage;

/// <summary>The schema on PostgreSQL: tables by EF's migrations; logins, grants and row-level security by <c>roles.sql</c>.</summary>
internal static class PostgresSchema
{
    /// <summary>An arbitrary number that all migrators share.</summary>
    private const long MigrationLock = 0x1197_C10D;

    /// <summary>The login of a role. Logins belong to the server, so they carry the product's name.</summary>
    public static string LoginOf(string role) => "iptcloud_" + role;

    /// <summary>As the owner, one process at a time. Safe to repeat.</summary>
    public static async Task ApplyAsync(PostgresIptCloudDb db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_lock({MigrationLock})", ct);
        await db.Database.MigrateAsync(ct);
        using var script = new StreamReader(typeof(PostgresSchema).Assembly.GetManifestResourceStream("roles.sql")!);
#pragma warning disable CA2100 // our own script
        await using (NpgsqlCommand roles = new(await script.ReadToEndAsync(ct), (NpgsqlConnection)db.Database.GetDbConnection())) await roles.ExecuteNonQueryAsync(ct);
#pragma warning restore CA2100
        await db.Database.ExecuteSqlAsync($"select pg_advisory_unlock({MigrationLock})", ct);
    }
}
