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
