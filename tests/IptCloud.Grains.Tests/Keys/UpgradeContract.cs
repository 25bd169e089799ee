using System.Text;
using IptCloud.Data.Clients;
using IptCloud.Data.Journal;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Grains.Tests.Keys;

/// <summary>An installation from before there were keys: nothing is lost, and a run of the re-sealing verb closes what lay open.</summary>
public abstract class UpgradeContract
{
    /// <summary>The last schema in which payloads were text.</summary>
    private const string Before = "CardsOfClient";

    private const string Line = "{\"reason\":\"Away with Quetzalcoatlus, naïve\"}";

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected static async Task UpgradeAsync(ServiceProvider services)
    {
        var databases = services.GetRequiredService<Databases>();
        var (network, client, course) = (new NetworkId(Guid.NewGuid()), new ClientId(Guid.NewGuid()), new CourseId(Guid.NewGuid()));
        await using (var db = databases.Make(DatabaseRole.Owner))
        {
            await db.GetService<IMigrator>().MigrateAsync(Before, Ct);
            var (n, c, s, e) = (network.Value, client.Value, course.Value, Guid.NewGuid());
            var link = Enumerable.Repeat((byte)7, 32).ToArray();
            var record = "{\"GivenName\":\"Ada\",\"FamilyName\":\"Quetzalcoatlus\",\"Zone\":\"Europe/London\",\"Language\":\"en-GB\"}";
            await db.Database.ExecuteSqlAsync($"insert into networks(network_id, name, policy, link_key, is_demo) values({n}, 'Old', '', {link}, {false})", Ct);
            await db.Database.ExecuteSqlAsync($"insert into clients(network_id, client_id, version, payload) values({n}, {c}, 1, {record})", Ct);
            await db.Database.ExecuteSqlAsync($"insert into journal(network_id, stream_kind, stream_id, seq, event_id, type, version, payload, occurred_at, recorded_at, actor, key_version) values({n}, 'course', {s}, 1, {e}, 'course.held', 1, {Line}, 0, 0, 'system', 0)", Ct);
        }

        await databases.MigrateAsync(Ct);
        var keys = services.GetRequiredService<NetworkKeys>();
        await keys.PrepareAsync(Ct);

        for (var round = 0; round < 2; round++)
        {
            Assert.Equal("Ada Quetzalcoatlus", (await services.GetRequiredService<ClientRecords>().FindAsync(network, client, Ct))!.Record.FullName);
            var events = await services.GetRequiredService<ICourseJournal>().ReadAsync(new(network, course), 0, Ct);
            Assert.Equal("Away with Quetzalcoatlus, naïve", Assert.IsType<CourseHeld>(Assert.Single(events).Event).Reason);
            await using var db = await databases.ReadAsync(network, Ct);
            var (row, stored) = (await db.Networks.SingleAsync(Ct), await db.Journal.SingleAsync(Ct));
            Assert.Equal(Enumerable.Repeat((byte)7, 32), (await keys.RingAsync(network, ct: Ct)).Open(Place.LinkKey, row.LinkKey, row.KeyVersion));
            Assert.Equal(round, row.KeyVersion);
            Assert.Equal(round == 0, stored.Payload.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(Line)));
            if (round == 0) Assert.Equal(3, (await services.GetRequiredService<Reseal>().RunAsync(network, ct: Ct)).Rows);
        }
    }
}

public sealed class SqliteUpgradeTests : UpgradeContract
{
    [Fact]
    public async Task Nothing_is_lost_and_nothing_stays_open()
    {
        using TempFolder folder = new();
        await using (var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSqliteData(folder.File("test.db")).BuildServiceProvider()) await UpgradeAsync(services);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(folder.Path))
            Assert.Equal(-1, (await File.ReadAllBytesAsync(file, Ct)).AsSpan().IndexOf("Quetzalcoatlus"u8));
    }
}

[Trait("Needs", "postgres")]
public sealed class PostgresUpgradeTests : UpgradeContract
{
    [Fact]
    public async Task Nothing_is_lost()
    {
        using TempFolder folder = new();
        await using var database = await PostgresDatabase.CreateAsync(Ct);
        await using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddPostgresData(database.ConnectionString, folder.File("master.key")).BuildServiceProvider();
        await UpgradeAsync(services);
    }
}
