using IptCloud.Data.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace IptCloud.Host.Storage;

/// <summary>Brings the database's schema up to date, or says in one line why not.</summary>
internal static class Schema
{
    /// <summary>An arbitrary number that all migrators share.</summary>
    private const long MigrationLock = 0x1197_C10D;

    /// <summary>Embedded: applied at every start. PostgreSQL: by the verb <c>migrate</c> only.</summary>
    public static async Task MigrateAsync(IServiceProvider services)
    {
        try
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<IptCloudDb>>().CreateDbContextAsync();
            if (!db.Database.IsNpgsql())
            {
                await db.Database.MigrateAsync();
                return;
            }

            await db.Database.OpenConnectionAsync();
            await db.Database.ExecuteSqlAsync($"select pg_advisory_lock({MigrationLock})");
            await db.Database.MigrateAsync();
            using var script = new StreamReader(typeof(Schema).Assembly.GetManifestResourceStream("orleans-storage.sql")!);
            var statements = await script.ReadToEndAsync();
            await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand(statements);
            await command.ExecuteNonQueryAsync();
            await using (var jobs = services.GetRequiredService<NpgsqlDataSource>().CreateConnection())
            {
                await jobs.OpenAsync();
                Hangfire.PostgreSql.PostgreSqlObjectsInstaller.Install(jobs, "hangfire");
            }

            await db.Database.ExecuteSqlAsync($"select pg_advisory_unlock({MigrationLock})");
        }
        catch (Exception e) when (Explain(e) is { } reason)
        {
            throw new LaunchException(reason);
        }
    }

    /// <summary>Fails with one line if PostgreSQL cannot be reached or was not migrated.</summary>
    public static async Task DemandAsync(IServiceProvider services)
    {
        try
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<IptCloudDb>>().CreateDbContextAsync();
            if ((await db.Database.GetPendingMigrationsAsync()).Any()) throw new LaunchException("The database's schema is not up to date. Run: iptcloud migrate");
        }
        catch (Exception e) when (Explain(e) is { } reason)
        {
            throw new LaunchException(reason);
        }
    }

    private static string? Explain(Exception failure) => failure switch
    {
        LaunchException => null,
        SqliteException { SqliteErrorCode: 26 or 11 } => "The data folder holds a damaged database (iptcloud.db). Restore it from a backup, or name another folder with --data.",
        SqliteException e => $"The database in the data folder cannot be opened: {e.Message}",
        PostgresException e => $"PostgreSQL refused: {e.MessageText}",
        NpgsqlException e => $"PostgreSQL cannot be reached: {e.InnerException?.Message ?? e.Message}",
        _ => null,
    };
}
