using IptCloud.Data.Storage;
using Npgsql;

namespace IptCloud.Grains.Tests.Networks;

/// <summary>
/// What PostgreSQL itself refuses, whatever the program above it asks for (attacks 29 to 31 and 33). Each has its other
/// side: with the policy away the same attack succeeds, so the test can fail.
/// </summary>
[Trait("Needs", "postgres")]
public sealed class RowSecurityTests : IAsyncLifetime
{
    private Neighbours both = null!;

    public async ValueTask InitializeAsync() => both = await Neighbours.CreateAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => both.DisposeAsync();

    [Fact]
    public async Task Attack_29_a_connection_that_names_no_network_sees_no_row_of_any_table()
    {
        await using var connection = await both.OpenAsync(DatabaseRole.App);
        foreach (var table in await ReadableAsync()) Assert.Equal(["0"], await Neighbours.ListAsync(connection, $"select count(*) from {table}"));
    }

    [Fact]
    public async Task Attack_29_a_network_that_is_empty_or_nonsense_opens_nothing()
    {
        foreach (var named in new[] { "", "00000000-0000-0000-0000-000000000000" })
        {
            await using var connection = await both.OpenAsync(DatabaseRole.App);
            await Neighbours.RunAsync(connection, $"select set_config('app.network', '{named}', false)");
            Assert.Equal(["0"], await Neighbours.ListAsync(connection, "select count(*) from clients"));
        }
    }

    [Fact]
    public async Task Attack_30_with_the_own_network_named_only_its_rows_are_seen()
    {
        await using var connection = await both.OpenAsync(DatabaseRole.App, both.A);
        var tables = await ReadableAsync();
        foreach (var table in tables)
        {
            Assert.Equal([both.A.Value.ToString()], await Neighbours.ListAsync(connection, $"select distinct network_id from {table}"));
            Assert.Equal(["0"], await Neighbours.ListAsync(connection, $"select count(*) from {table} where network_id = '{both.B.Value}'"));
        }

        await WithoutPolicyAsync("clients", async () => Assert.Equal(["2"], await Neighbours.ListAsync(connection, "select count(*) from clients")));
    }

    [Fact]
    public async Task Attack_30_a_neighbours_row_cannot_be_changed_or_deleted()
    {
        await using var connection = await both.OpenAsync(DatabaseRole.App, both.A);
        Assert.Equal(0, await Neighbours.RunAsync(connection, $"update clients set version = 99 where network_id = '{both.B.Value}'"));
        Assert.Equal(0, await Neighbours.RunAsync(connection, $"delete from member_clinics where network_id = '{both.B.Value}'"));
        await WithoutPolicyAsync("clients", async () => Assert.Equal(1, await Neighbours.RunAsync(connection, $"update clients set version = 99 where network_id = '{both.B.Value}'")));
    }

    [Theory]
    [InlineData("insert into clients(network_id, client_id, version, payload) select '{0}', gen_random_uuid(), version, payload from clients")]
    [InlineData("insert into clients select * from clients on conflict (network_id, client_id) do update set network_id = '{0}'")]
    [InlineData("update clients set network_id = '{0}'")]
    [InlineData("insert into directory.memberships values (gen_random_uuid(), '{0}', gen_random_uuid())")]
    [InlineData("insert into directory.tokens values ('guess', '{0}')")]
    public async Task Attack_30_nothing_can_be_written_into_a_neighbour(string attack)
    {
        await using var connection = await both.OpenAsync(DatabaseRole.App, both.A);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Neighbours.RunAsync(connection, string.Format(System.Globalization.CultureInfo.InvariantCulture, attack, both.B.Value)));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Attack_30_copy_obeys_as_well()
    {
        await using var connection = await both.OpenAsync(DatabaseRole.App, both.A);
        await using (var export = await connection.BeginBinaryExportAsync("copy (select network_id from clients) to stdout (format binary)"))
        {
            Assert.Equal(1, await export.StartRowAsync());
            Assert.Equal(both.A.Value, await export.ReadAsync<Guid>());
            Assert.Equal(-1, await export.StartRowAsync());
        }

        // PostgreSQL has no "copy from" for a table with policies at all.
        await Assert.ThrowsAsync<PostgresException>(async () => { await using var import = await connection.BeginTextImportAsync("copy clients from stdin"); });
    }

    [Fact]
    public async Task Attack_31_a_pooled_connection_forgets_its_network_after_use_failure_and_cancellation()
    {
        foreach (var trouble in new[] { "select 1", "select 1/0", "select pg_sleep(10)" })
        {
            int process;
            await using (var connection = await both.OpenAsync(DatabaseRole.App, both.A))
            {
                process = connection.ProcessID;
                await using var command = new NpgsqlCommand(trouble, connection);
                using var soon = new CancellationTokenSource(trouble.Contains("sleep", StringComparison.Ordinal) ? TimeSpan.FromMilliseconds(50) : Timeout.InfiniteTimeSpan, TimeProvider.System);
                try
                {
                    await command.ExecuteNonQueryAsync(soon.Token);
                }
                catch (Exception e) when (e is PostgresException or OperationCanceledException)
                {
                    // That is the trouble.
                }
            }

            await using var next = await both.OpenAsync(DatabaseRole.App);
            Assert.True(next.ProcessID == process || trouble.Contains("sleep", StringComparison.Ordinal), "The pool gave another connection, so nothing was shown.");
            Assert.Equal(["0"], await Neighbours.ListAsync(next, "select count(*) from clients"));
        }
    }

    [Fact]
    public async Task Many_requests_of_both_networks_over_few_connections_never_see_a_foreign_row()
    {
        var foreign = 0;
        await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, ct) =>
        {
            var network = i % 2 == 0 ? both.A : both.B;
            await using var db = await both.Databases.ReadAsync(network, ct);
            if (db.Clients.Any(c => c.NetworkId != network) || !db.Clients.Any()) Interlocked.Increment(ref foreign);
        });
        Assert.Equal(0, foreign);
    }

    [Fact]
    public async Task Attack_33_the_same_id_in_two_networks_is_no_conflict_and_so_tells_nothing()
    {
        var client = Assert.Single(await Neighbours.ListAsync(await both.OpenAsync(DatabaseRole.App, both.B), "select client_id from clients"));
        await using var connection = await both.OpenAsync(DatabaseRole.App, both.A);
        Assert.Equal(1, await Neighbours.RunAsync(connection, $"insert into clients select network_id, '{client}', version, payload from clients"));
    }

    /// <summary>Tables with rows of networks that the app's login may read at all.</summary>
    private async Task<List<string>> ReadableAsync()
    {
        await using var connection = await both.Databases.Owner.OpenConnectionAsync();
        var readable = await Neighbours.ListAsync(connection, "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r' and has_table_privilege('iptcloud_app', c.oid, 'select')");
        Assert.InRange(readable.Intersect(both.Tables).Count(), both.Tables.Count / 2, int.MaxValue);
        return [.. readable.Intersect(both.Tables)];
    }

    private async Task WithoutPolicyAsync(string table, Func<Task> attack)
    {
        await both.RunAsync($"alter table {table} disable row level security");
        await attack();
        await both.RunAsync($"alter table {table} enable row level security");
    }
}
