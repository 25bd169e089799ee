using System.Text;
using IptCloud.Data.Keys;
using IptCloud.Data.Messages;
using IptCloud.Data.Storage;
using IptCloud.Host.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace IptCloud.Host.Verbs;

/// <summary>
/// Puts a backup into a new place and checks it there: an empty folder, or a database that does not exist or holds nothing. The
/// master key comes from its own place. Nothing leaves and no course is woken until the hold is over.
/// </summary>
internal static class RestoreVerb
{
    /// <summary>In place of a file: the database is here already, because PostgreSQL itself has recovered it.</summary>
    private const string Recovered = "--recovered";

    public static async Task<int> RunAsync(Launch launch)
    {
        if (launch.Place == Recovered)
        {
            if (launch.IsEmbedded) throw new LaunchException("--recovered is for a database of PostgreSQL: name it in IPTCLOUD_POSTGRES.");
            DemandKey(launch);
            return await CheckAsync(launch);
        }

        var file = Path.GetFullPath(launch.Place!);
        if (IsDump(file) == launch.IsEmbedded) throw new LaunchException(launch.IsEmbedded ? $"{file} is a backup of PostgreSQL. Name a new database in IPTCLOUD_POSTGRES." : $"{file} is a backup of an embedded installation. Restore it into a folder, without IPTCLOUD_POSTGRES.");
        DemandKey(launch);
        if (launch.Postgres is not { } postgres) return await IntoFolderAsync(launch, file);
        await LoadAsync(postgres, file);
        return await CheckAsync(launch);
    }

    private static async Task<int> CheckAsync(Launch launch)
    {
        await SettleAsync(launch);
        var differs = await RebuildVerb.RunAsync(launch with { Check = true });
        var broken = await AuditVerb.RunAsync(launch);
        Console.WriteLine(differs + broken == 0 ? "Restored, and whole." : "Restored, but it is NOT whole: do not use it.");
        return differs + broken == 0 ? 0 : 1;
    }

    /// <summary>If it fails the folder is as it was, so that the next backup can be tried.</summary>
    private static async Task<int> IntoFolderAsync(Launch launch, string file)
    {
        var isNew = !Directory.Exists(launch.DataFolder);
        if (!isNew && Directory.EnumerateFileSystemEntries(launch.DataFolder).Any(e => e != Path.GetFullPath(launch.MasterKeyFile))) throw new LaunchException($"{launch.DataFolder} is not empty. A backup is restored into a new folder only: name one with --data.");
        var isDone = false;
        try
        {
            await CopyAsync(launch, file);
            var code = await CheckAsync(launch);
            isDone = true;
            return code;
        }
        finally
        {
            if (!isDone) Clear(launch, isNew);
        }
    }

    private static void Clear(Launch launch, bool isNew)
    {
        SqliteConnection.ClearAllPools();
        if (!Directory.Exists(launch.DataFolder)) return;
        foreach (var made in Directory.GetFiles(launch.DataFolder, Path.GetFileName(launch.DatabaseFile) + "*")) File.Delete(made);
        if (isNew) Directory.Delete(launch.DataFolder);
    }

    private static async Task SettleAsync(Launch launch)
    {
        await using var services = Tools.Services(launch);
        await Schema.MigrateAsync(services);
        var messages = services.GetRequiredService<RestoredMessages>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var waiting = await messages.SettleAsync(now);
        var due = await messages.HoldAsync(now + launch.Hold);
        Console.WriteLine($"{waiting} messages to clients waited when the backup was made: they are \"maybe sent\" now. {due} deadlines wait until {now + launch.Hold:u}: chart by then what was lost.");
    }

    /// <summary>What the file says of itself.</summary>
    private static bool IsDump(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var begin = new byte[15];
            var text = Encoding.ASCII.GetString(begin, 0, stream.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false));
            return text.StartsWith("PGDMP", StringComparison.Ordinal) || (text == "SQLite format 3" ? false : throw new LaunchException($"{file} is no backup of IptCloud."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LaunchException($"The backup cannot be read: {e.Message}");
        }
    }

    private static void DemandKey(Launch launch)
    {
        try
        {
            new MasterKeyFile(launch.MasterKeyFile).Demand(mayMake: false);
        }
        catch (MasterKeyException e)
        {
            throw new LaunchException(File.Exists(launch.MasterKeyFile) ? e.Message : $"{e.Message} It has to be there before the backup is: or name the file in IPTCLOUD_MASTER_KEY_FILE.");
        }
    }

    private static async Task CopyAsync(Launch launch, string file)
    {
        try
        {
            OwnerOnly.MakeFolder(launch.DataFolder);
            var part = launch.DatabaseFile + ".part";
            await using (var from = File.OpenRead(file))
            await using (var to = OwnerOnly.MakeFile(part))
            {
                await from.CopyToAsync(to);
                to.Flush(flushToDisk: true);
            }

            File.Move(part, launch.DatabaseFile, overwrite: false);
            await using SqliteConnection connection = new($"Data Source={launch.DatabaseFile};Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "pragma integrity_check";
            if (await command.ExecuteScalarAsync() is not "ok") throw new LaunchException($"{file} is damaged.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LaunchException($"The backup cannot be restored: {e.Message}");
        }
        catch (SqliteException e)
        {
            throw new LaunchException($"{file} is damaged: {e.Message}");
        }
    }

    /// <summary>Whole or not at all, as the owner; whom it belongs to and who may do what is said by migrating it.</summary>
    private static async Task LoadAsync(string postgres, string file)
    {
        NpgsqlConnectionStringBuilder target = new(postgres) { Pooling = false };
        try
        {
            await MakeAsync(target);
            await using PostgresDatabases databases = new(target.ToString());
            await databases.MakeLoginsAsync();
        }
        catch (NpgsqlException e)
        {
            throw new LaunchException($"PostgreSQL refused: {(e as PostgresException)?.MessageText ?? e.InnerException?.Message ?? e.Message}");
        }

        await PostgresProgram.RunAsync("pg_restore", postgres, "--single-transaction", "--no-owner", "--no-privileges", "--no-password", $"--dbname={target.Database}", file);
    }

    private static async Task MakeAsync(NpgsqlConnectionStringBuilder target)
    {
        await using (NpgsqlConnection server = new(new NpgsqlConnectionStringBuilder(target.ToString()) { Database = "postgres" }.ToString()))
        {
            await server.OpenAsync();
            await using NpgsqlCommand look = new("select exists (select from pg_database where datname = $1)", server) { Parameters = { new() { Value = target.Database! } } };
            if (await look.ExecuteScalarAsync() is not true)
            {
#pragma warning disable CA2100 // a name cannot be a parameter
                await using NpgsqlCommand make = new($"create database {new NpgsqlCommandBuilder().QuoteIdentifier(target.Database!)} template template0 encoding 'UTF8'", server);
#pragma warning restore CA2100
                await make.ExecuteNonQueryAsync();
                return;
            }
        }

        await using NpgsqlConnection database = new(target.ToString());
        await database.OpenAsync();
        await using NpgsqlCommand count = new("select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'", database);
        if (await count.ExecuteScalarAsync() is not 0L) throw new LaunchException($"The database {target.Database} is not empty. A backup is restored into a new database only: name one in IPTCLOUD_POSTGRES.");
    }
}
