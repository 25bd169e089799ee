using Npgsql;

namespace IptCloud.Testing;

[Trait("Needs", "postgres")]
public sealed class PostgresDatabaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_database_is_empty_and_durable_settings_hold()
    {
        await using var database = await PostgresDatabase.CreateAsync(Cancellation);

        Assert.Equal(0L, await ScalarAsync(database.ConnectionString,
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"));
        Assert.Equal("on", await ScalarAsync(database.ConnectionString, "SHOW fsync"));
        Assert.Equal("UTF8", await ScalarAsync(database.ConnectionString, "SHOW server_encoding"));
    }

    [Fact]
    public async Task Two_tests_do_not_see_each_other()
    {
        await using var one = await PostgresDatabase.CreateAsync(Cancellation);
        await using var other = await PostgresDatabase.CreateAsync(Cancellation);

        await ScalarAsync(one.ConnectionString, "CREATE TABLE note (id int)");

        Assert.Equal(true, await ScalarAsync(other.ConnectionString, "SELECT to_regclass('note') IS NULL"));
    }

    [Fact]
    public async Task Dispose_drops_the_database_although_a_connection_is_open()
    {
        await using var witness = await PostgresDatabase.CreateAsync(Cancellation);
        var database = await PostgresDatabase.CreateAsync(Cancellation);
        await using var open = new NpgsqlConnection(database.ConnectionString);
        await open.OpenAsync(Cancellation);

        await database.DisposeAsync();

        Assert.Equal(0L, await ScalarAsync(witness.ConnectionString,
            $"SELECT count(*) FROM pg_database WHERE datname = '{database.Name}'"));
    }

    [Fact]
    public async Task Another_role_connects_without_a_password()
    {
        await using var database = await PostgresDatabase.CreateAsync(Cancellation);
        var role = $"{database.Name}_app";
        await ScalarAsync(database.ConnectionString, $"CREATE ROLE {role} LOGIN");
        try
        {
            Assert.Equal(role, await ScalarAsync(database.ConnectionStringOf(role), "SELECT current_user"));
        }
        finally
        {
            await ScalarAsync(database.ConnectionString, $"DROP ROLE {role}");
        }
    }

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
