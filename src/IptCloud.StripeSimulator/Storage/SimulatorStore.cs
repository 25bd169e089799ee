using Microsoft.Data.Sqlite;

namespace IptCloud.StripeSimulator.Storage;

/// <summary>One SQLite file, one connection, one piece of work at a time; what was committed outlives kill -9.</summary>
internal sealed class SimulatorStore : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SemaphoreSlim gate = new(1);
    private readonly StripeSimulatorOptions options;

    public SimulatorStore(StripeSimulatorOptions options)
    {
        this.options = options;
        Site = options.Url;
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = options.DatabaseFile, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            pragma journal_mode = wal;
            pragma synchronous = normal;
            create table if not exists objects (seq integer primary key autoincrement, id text not null unique, kind text not null,
                customer text, clock text, created integer not null, due integer, json text not null);
            create index if not exists objects_kind on objects (kind, customer);
            create index if not exists objects_due on objects (due) where due is not null;
            create table if not exists replies (key text primary key, print text not null, at integer not null,
                status integer not null, body text not null);
            create table if not exists deliveries (seq integer primary key autoincrement, event text not null, endpoint text,
                tries integer not null, first_try integer, next_try integer);
            create table if not exists settings (name text primary key, value text not null);
            """;
        command.ExecuteNonQuery();
    }

    public Uri Site { get; set; }

    /// <summary>Runs work alone. What it wrote is kept unless it throws something that does not say so.</summary>
    public async Task<T> RunAsync<T>(Func<Work, T> run)
    {
        await gate.WaitAsync();
        try
        {
            using var transaction = connection.BeginTransaction();
            var work = new Work(connection, transaction, options.Clock, Site, options.CancelAfterLastTry);
            try
            {
                var answer = run(work);
                transaction.Commit();
                return answer;
            }
            catch (StripeErrorException error) when (error.Keeps)
            {
                transaction.Commit();
                throw;
            }
        }
        finally
        {
            gate.Release();
        }
    }

    public Task RunAsync(Action<Work> run) => RunAsync(work =>
    {
        run(work);
        return true;
    });

    public void Dispose()
    {
        connection.Dispose();
        gate.Dispose();
    }
}
