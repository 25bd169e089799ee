using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace IptCloud.Host.Storage;

/// <summary>Brings the database's schema up to date, or says in one line why not.</summary>
internal static class Schema
{
    /// <summary>An arbitrary number that all migrators share: whoever comes second waits for the whole of it.</summary>
    private const long MigrationLock = 0x1197_C10E;

    /// <summary>Embedded: applied at every start. PostgreSQL: by the verb <c>migrate</c> only.</summary>
    public static async Task MigrateAsync(IServiceProvider services)
    {
        try
        {
            if (services.GetService<PostgresDatabases>() is not { } postgres)
            {
                await PrepareAsync(services);
                return;
            }

            // The lock goes with the connection, also when this process is killed.
            await using var connection = await postgres.Owner.OpenConnectionAsync();
            await RunAsync(connection, $"select pg_advisory_lock({MigrationLock})");
            await PrepareAsync(services);
            Hangfire.PostgreSql.PostgreSqlObjectsInstaller.Install(connection, "hangfire");
            using var script = new StreamReader(typeof(Schema).Assembly.GetManifestResourceStream("platform.sql")!);
            await RunAsync(connection, await script.ReadToEndAsync());
            await RunAsync(connection, $"select pg_advisory_unlock({MigrationLock})");
        }
        catch (Exception e) when (Explain(e) is { } reason)
        {
            throw new LaunchException(reason);
        }
    }

    /// <summary>Fails with one line if the database cannot be reached or was not migrated, or if the master key is not there.</summary>
    public static async Task DemandAsync(IServiceProvider services)
    {
        try
        {
            if (!await services.GetRequiredService<Databases>().IsMigratedAsync() || !await HasClusterAsync(services)) throw new LaunchException("The database's schema is not up to date. Run: iptcloud migrate");
            services.GetRequiredService<IMasterKeys>().Demand(mayMake: false);
        }
        catch (Exception e) when (Explain(e) is { } reason)
        {
            throw new LaunchException(reason);
        }
    }

    private static async Task PrepareAsync(IServiceProvider services)
    {
        await services.GetRequiredService<Databases>().MigrateAsync();
        await services.GetRequiredService<NetworkKeys>().PrepareAsync();
        Protection.Prepare(services);
    }

    /// <summary>The tables of the cluster come with no migration of the model.</summary>
    private static async Task<bool> HasClusterAsync(IServiceProvider services)
    {
        if (services.GetService<PostgresDatabases>() is not { } postgres) return true;
        await using var look = postgres.Cluster.CreateCommand("select to_regclass('orleans.orleansmembershiptable') is not null");
        return await look.ExecuteScalarAsync() is true;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // our own scripts
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Here a wrong statement is the database's fault: it is another program's, or not migrated.</summary>
    private static string? Explain(Exception failure) => Failure.Explain(failure) ?? failure switch
    {
        SqliteException e => $"The database in the data folder cannot be used: {e.Message}",
        PostgresException e => $"PostgreSQL refused: {e.MessageText}",
        _ => null,
    };
}
