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
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await MakeLoginsAsync(connection, ct);
        await RunAsync(connection, "roles.sql", ct);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_unlock({MigrationLock})", ct);
    }

    /// <summary>The logins alone: what a backup says of rights can be said again only once they are there.</summary>
    public static Task MakeLoginsAsync(NpgsqlConnection connection, CancellationToken ct) => RunAsync(connection, "logins.sql", ct);

    private static async Task RunAsync(NpgsqlConnection connection, string name, CancellationToken ct)
    {
        using var script = new StreamReader(typeof(PostgresSchema).Assembly.GetManifestResourceStream(name)!);
#pragma warning disable CA2100 // our own scripts
        await using NpgsqlCommand command = new(await script.ReadToEndAsync(ct), connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }
}
