using IptCloud.Host.Verbs;
using IptCloud.Testing;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace IptCloud.Host.Storage;

public sealed class SqliteBackupTests : BackupContract
{
    private protected override Launch Original(string[] words) => In("original", words);

    private protected override Launch Copy(string[] words) => In("copy", words);

    private protected override async Task TamperAsync(string sql)
    {
        await using SqliteConnection connection = new($"Data Source={FolderOf("original")}/iptcloud.db;Pooling=False;Default Timeout=30");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = $"drop trigger audit_entries_no_update; {sql}";
        await command.ExecuteNonQueryAsync(Ct);
    }

    [Fact]
    public async Task A_place_that_can_be_no_folder_is_told_in_one_line()
    {
        var file = await BackUpAsync();
        foreach (var place in new[] { file, Path.Combine(file, "below") }) Assert.Contains(place, await RefusalAsync("original", "backup", place), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_that_fails_leaves_the_folder_as_it_was()
    {
        var file = await BackUpAsync();
        var bytes = await File.ReadAllBytesAsync(file, Ct);
        await File.WriteAllBytesAsync(FolderOf("half"), bytes[..(bytes.Length / 2)], Ct);
        Assert.Contains("damaged", await RefusalAsync("copy", "restore", FolderOf("half")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(FolderOf("copy")));

        Directory.CreateDirectory(FolderOf("copy"));
        Assert.Contains("damaged", await RefusalAsync("copy", "restore", FolderOf("half")), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(FolderOf("copy")));
        Assert.Equal(0, await RestoreVerb.RunAsync(Copy(["restore", file])));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_before_a_key_that_is_not()
    {
        var file = await BackUpAsync();
        Task<LaunchException> Refusal(string from) => Assert.ThrowsAsync<LaunchException>(() => RestoreVerb.RunAsync(Launch.Parse(["restore", from, "--data", FolderOf("copy")], _ => null)));
        Assert.Contains(FolderOf("nothing"), (await Refusal(FolderOf("nothing"))).Message, StringComparison.Ordinal);
        Assert.Contains("IPTCLOUD_MASTER_KEY_FILE", (await Refusal(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_database_is_told_in_one_line_by_every_verb()
    {
        Assert.Equal(0, await RestoreVerb.RunAsync(Copy(["restore", await BackUpAsync()])));
        await DamageAsync(Path.Combine(FolderOf("copy"), "iptcloud.db"));
        foreach (var words in (string[][])[["rebuild", "--check"], ["rebuild"], ["audit", "verify"], ["keys", "rotate", "--all"], ["grant-ops", "ines@client.example"]])
            Assert.Contains("damaged", await RefusalAsync("copy", words), StringComparison.Ordinal);
    }

    /// <summary>All but what says that it was migrated.</summary>
    private static async Task DamageAsync(string database)
    {
        SqliteConnection.ClearAllPools();
        List<long> pages = [];
        await using (SqliteConnection connection = new($"Data Source={database};Pooling=False"))
        {
            await connection.OpenAsync(Ct);
            await using var command = connection.CreateCommand();
            command.CommandText = "select (rootpage - 1) * page_size from sqlite_master, pragma_page_size where rootpage > 1 and tbl_name <> '__EFMigrationsHistory'";
            await using var reader = await command.ExecuteReaderAsync(Ct);
            while (await reader.ReadAsync(Ct)) pages.Add(reader.GetInt64(0));
        }

        await using FileStream file = new(database, FileMode.Open);
        foreach (var at in pages)
        {
            file.Position = at;
            await file.WriteAsync(new byte[512], Ct);
        }
    }

    private async Task<string> RefusalAsync(string folder, params string[] words)
    {
        await using StringWriter errors = new();
        Assert.Equal(2, await CommandLine.RunAsync([.. words, "--data", FolderOf(folder)], v => v == "IPTCLOUD_MASTER_KEY_FILE" ? KeyFile : null, errors));
        return Assert.Single(errors.ToString().TrimEnd().Split('\n'));
    }

    private Launch In(string name, string[] words) => Launch.Parse([.. words, "--data", FolderOf(name)], v => v == "IPTCLOUD_MASTER_KEY_FILE" ? KeyFile : null);
}

/// <summary>With an owner who is no superuser, as a server of one's own would have.</summary>
[Trait("Needs", "postgres")]
public sealed class PostgresBackupTests : BackupContract
{
    private PostgresDatabase database = null!;

    private string Owner => $"{database.Name}_owner";

    private string CopyName => $"{database.Name}_copy";

    private protected override async Task PrepareAsync()
    {
        database = await PostgresDatabase.CreateAsync(Ct);
        await RunAsync($"create role {Owner} login createrole createdb; alter database {database.Name} owner to {Owner}");
    }

    private protected override async Task ClearAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await RunAsync($"drop database if exists {CopyName} with (force)");
        await RunAsync($"drop owned by {Owner}");
        await RunAsync($"alter database {database.Name} owner to postgres; drop owned by {Owner}; drop role {Owner}");
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_backup_that_would_leave_rows_out_is_not_made()
    {
        await RunAsync("drop policy whole_backup on clients");
        Assert.Contains("clients", (await Assert.ThrowsAsync<LaunchException>(BackUpAsync)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Backups));
    }

    private protected override Launch Original(string[] words) => At(database.Name, words);

    private protected override Launch Copy(string[] words) => At(CopyName, words);

    private protected override Task TamperAsync(string sql) => RunAsync($"set session_replication_role = replica; {sql}");

    private Launch At(string name, string[] words)
    {
        Directory.CreateDirectory(FolderOf("original"));
        return Launch.Parse([.. words, "--data", FolderOf("original")], v => v switch
        {
            "IPTCLOUD_POSTGRES" => new NpgsqlConnectionStringBuilder(database.ConnectionStringOf(Owner)) { Database = name }.ToString(),
            "IPTCLOUD_MASTER_KEY_FILE" => KeyFile,
            _ => null,
        });
    }

    private async Task RunAsync(string sql)
    {
        await using NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ToString());
        await connection.OpenAsync(CancellationToken.None);
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
