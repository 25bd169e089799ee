using Microsoft.Data.Sqlite;

namespace IptCloud.Rounds.Bench;

/// <summary>What the disk and SQLite allow: one prepared insert per transaction, every one flushed.</summary>
internal sealed class BareInsert : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand insert;

    public BareInsert(string file)
    {
        connection = new SqliteConnection($"Data Source={file};Pooling=False;Default Timeout=30");
        connection.Open();
        using var setUp = connection.CreateCommand();
        setUp.CommandText = "pragma journal_mode=wal; pragma synchronous=full; create table if not exists bare(id integer primary key, payload text)";
        setUp.ExecuteNonQuery();
        insert = connection.CreateCommand();
        insert.CommandText = "insert into bare(payload) values('{\"area\":\"Grief\",\"reason\":\"Chosen by the run\"}')";
        insert.Prepare();
    }

    public Task InsertAsync(int course)
    {
        insert.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        insert.Dispose();
        connection.Dispose();
    }
}
