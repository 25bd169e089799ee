using IptCloud.Data.Clients;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using IptCloud.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Grains.Tests.Networks;

/// <summary>What a context for one network sees and writes on SQLite, where nothing below it would object.</summary>
public sealed class NetworkContextTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly NetworkId mine = new(Guid.NewGuid()), neighbour = new(Guid.NewGuid());
    private readonly ClientId shared = new(Guid.NewGuid());
    private ServiceProvider services = null!;

    private Databases Databases => services.GetRequiredService<Databases>();

    public async ValueTask InitializeAsync()
    {
        services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSqliteData(folder.File("test.db")).BuildServiceProvider();
        await Databases.MigrateAsync();
        foreach (var network in new[] { mine, neighbour })
        {
            await using var db = await Databases.ReadAsync(network);
            db.Clients.Add(Row(network, shared));
            await db.SaveChangesAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task Every_way_of_asking_sees_the_own_network_only()
    {
        await using var db = await Databases.WriteAsync(mine);
        Assert.Equal(mine, Assert.Single(await db.Clients.ToListAsync()).NetworkId);
        Assert.Equal(mine, Assert.Single(await db.Clients.FromSql($"select * from clients").ToListAsync()).NetworkId);
        Assert.Null(await db.Clients.FindAsync(neighbour, shared));
        Assert.Equal(1, await db.Clients.ExecuteUpdateAsync(u => u.SetProperty(c => c.Version, 7)));
        Assert.Equal(1, await db.Clients.ExecuteDeleteAsync());
        await using var other = await Databases.ReadAsync(neighbour);
        Assert.Equal(1, (await other.Clients.SingleAsync()).Version);
    }

    [Fact]
    public async Task Contexts_share_the_model_but_not_the_network()
    {
        await using var first = await Databases.ReadAsync(mine);
        Assert.Equal(1, await first.Clients.CountAsync());
        await using var second = await Databases.ReadAsync(neighbour);
        Assert.Equal(neighbour, (await second.Clients.SingleAsync()).NetworkId);
        Assert.Same(first.Model, second.Model);
    }

    [Fact]
    public async Task A_context_for_no_network_sees_nothing()
    {
        await using var db = await Databases.ReadAsync(DatabaseRole.Directory);
        Assert.Empty(await db.Clients.ToListAsync());
    }

    [Fact]
    public async Task A_neighbours_row_is_neither_added_nor_changed_nor_removed()
    {
        foreach (var state in new[] { EntityState.Added, EntityState.Modified, EntityState.Deleted })
        {
            await using var db = await Databases.ReadAsync(mine);
            db.Entry(Row(neighbour, shared)).State = state;
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        }

        await using var theirs = await Databases.ReadAsync(neighbour);
        Assert.Equal(1, (await theirs.Clients.SingleAsync()).Version);
    }

    private static ClientRow Row(NetworkId network, ClientId client) => new() { NetworkId = network, ClientId = client, Version = 1, Payload = [1] };
}
