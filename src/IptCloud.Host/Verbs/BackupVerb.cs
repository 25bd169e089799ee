using System.Globalization;
using IptCloud.Data.Storage;
using IptCloud.Host.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace IptCloud.Host.Verbs;

/// <summary>
/// Writes one new file with everything that cannot be made again, as it stands at one moment, beside running hosts. Never in it:
/// the master key; what Orleans and Hangfire keep, which would lead a restored copy to processes and jobs of another time;
/// letters of the mailbox folder, which have left.
/// </summary>
internal static class BackupVerb
{
    public static async Task<int> RunAsync(Launch launch)
    {
        if (launch.IsEmbedded && !File.Exists(launch.DatabaseFile)) throw new LaunchException($"There is no installation in {launch.DataFolder}.");
        var folder = Path.GetFullPath(launch.Place!);
        if (File.Exists(folder)) throw new LaunchException($"{folder} is a file. Name a folder for the backup.");
        RefuseWhereTheKeyLies(folder, Path.GetFullPath(launch.MasterKeyFile));
        await using var services = Tools.Services(launch);
        await Schema.DemandAsync(services);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"iptcloud-{now:yyyyMMdd'T'HHmmssfff'Z'}{(launch.IsEmbedded ? ".db" : ".dump")}"));
        var part = file + ".part"; // whatever is whole has the name
        try
        {
            Directory.CreateDirectory(folder);
            OwnerOnly.MakeFile(part).Dispose();
            if (launch.Postgres is { } postgres) await DumpAsync(postgres, part);
            else await CopyAsync(launch.DatabaseFile, part);
            using (FileStream written = new(part, FileMode.Open, FileAccess.ReadWrite)) written.Flush(flushToDisk: true);
            File.Move(part, file, overwrite: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LaunchException($"The backup cannot be written: {e.Message}");
        }
        catch (Exception e) when (e is SqliteException or NpgsqlException)
        {
            throw new LaunchException($"The database cannot be read: {e.Message}");
        }
        finally
        {
            if (File.Exists(part)) File.Delete(part); // else a folder that could not be made would be named in place of the cause
        }

        Console.WriteLine(file);
        return 0;
    }

    /// <summary>Whoever copies the backups would take the key along.</summary>
    private static void RefuseWhereTheKeyLies(string folder, string masterKey)
    {
        var place = Path.GetDirectoryName(masterKey)!;
        if (IsWithin(folder, place) || IsWithin(place, folder)) throw new LaunchException($"{folder} would hold backups and the master key together ({masterKey}). Name another folder: whoever gets hold of both can read everything.");
    }

    private static bool IsWithin(string folder, string outer) =>
        Path.GetRelativePath(outer, folder) is var way && way != ".." && !way.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !Path.IsPathRooted(way);

    /// <summary>One read transaction; without what lies deleted in free pages.</summary>
    private static async Task CopyAsync(string database, string file)
    {
        await using SqliteConnection connection = new($"Data Source={database};Mode=ReadOnly;Pooling=False;Default Timeout=30");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "vacuum into $file";
        command.Parameters.AddWithValue("$file", file);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>One snapshot, by a login that can read only. What it may not see would be left out without a word, so it asks first.</summary>
    private static async Task DumpAsync(string postgres, string file)
    {
        var login = PostgresDatabases.Login(postgres, "backup", 1);
        await using (NpgsqlConnection connection = new(login))
        {
            await connection.OpenAsync();
            await using NpgsqlCommand unseen = new(
                """
                select string_agg(c.oid::regclass::text, ', ') from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname in ('public', 'directory') and c.relkind in ('r', 'p') and c.relrowsecurity
                  and not exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive and current_user::regrole = any (p.polroles) and pg_get_expr(p.polqual, c.oid) = 'true')
                   or exists (select from pg_policy p where p.polrelid = c.oid and not p.polpermissive)
                """, connection);
            if (await unseen.ExecuteScalarAsync() is string tables) throw new LaunchException($"The backup's login would not see all of {tables}. Run: iptcloud migrate");
        }

        await PostgresProgram.RunAsync("pg_dump", login, "--format=custom", "--enable-row-security", "--exclude-schema=orleans", "--exclude-schema=hangfire", "--no-password", $"--file={file}");
    }
}
