using Npgsql;

namespace IptCloud.Testing;

/// <summary>
/// An empty database of one test's own on the server that <c>./tools/test</c> starts, dropped when the test is over,
/// open connections or not. Tests that use it carry <c>[Trait("Needs", "postgres")]</c>.
/// Roles belong to the whole server: name them after <see cref="Name"/>.
/// </summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly string server;

    private PostgresDatabase(string server)
    {
        this.server = server;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = Name }.ConnectionString;
    }

    public string Name { get; } = $"ipt_{Guid.NewGuid():n}";

    /// <summary>Connects as the server's superuser, whom row-level security does not bind.</summary>
    public string ConnectionString { get; }

    /// <summary>Connects as another role. The server trusts whoever comes from this machine.</summary>
    public string ConnectionStringOf(string role) =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Username = role }.ConnectionString;

    public static async Task<PostgresDatabase> CreateAsync(CancellationToken cancellation = default)
    {
        var database = new PostgresDatabase(TestEnvironment.Require("IPTCLOUD_TEST_POSTGRES", "a PostgreSQL server"));
        await database.RunAsync($"CREATE DATABASE {database.Name} TEMPLATE template0", cancellation);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        // The forced drop would leave dead connections in the pool.
        await using (var connection = new NpgsqlConnection(ConnectionString)) NpgsqlConnection.ClearPool(connection);
        await RunAsync($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)", CancellationToken.None);
    }

    private async Task RunAsync(string sql, CancellationToken cancellation)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString;
        await using var connection = new NpgsqlConnection(unpooled);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
