using IptCloud.Data.Audit;
using IptCloud.Data.Clients;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using IptCloud.Host.Storage;
using IptCloud.Host.Verbs;
using IptCloud.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Host.Keys;

/// <summary>Keys as a person handles them: verbs, files, an upgrade, a restored backup.</summary>
public sealed class KeysVerbTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly NetworkId network = new(Guid.NewGuid());
    private readonly ClientId client = new(Guid.NewGuid());

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task Every_verb_does_its_part_beside_a_host()
    {
        await using var host = await StartAsync();
        Assert.Equal(0, await VerbAsync("rotate", "--all"));
        Assert.Equal(0, await VerbAsync("rotate", network.ToString()));
        Assert.Equal(0, await VerbAsync("rotate-master"));
        Assert.Equal(0, await VerbAsync("reseal"));
        Assert.Equal(0, await VerbAsync("reseal", "--network", network.ToString()));
        Assert.Equal("Ada Quetzalcoatlus", await NameAsync(host.Services));
        await using (var db = await host.Services.GetRequiredService<Databases>().ReadAsync(network)) Assert.Equal(3, (await db.Clients.SingleAsync()).KeyVersion);
        Assert.Contains("--yes", (await Assert.ThrowsAsync<LaunchException>(() => VerbAsync("erase", network.ToString()))).Message, StringComparison.Ordinal);
        Assert.Equal("Ada Quetzalcoatlus", await NameAsync(host.Services));
        Assert.Equal(0, await VerbAsync("erase", network.ToString(), "--yes"));
        await using var later = Tools.Services(Launched());
        var trail = await later.GetRequiredService<AuditTrail>().PageAsync(network, new(), null, 100, TestContext.Current.CancellationToken);
        Assert.Equal(["rotated", "rotated", "rewrapped", "resealed", "resealed", "erased"], trail.Entries.Where(e => e.Action == "key.use" && e.Detail != "opened").OrderBy(e => e.Id).Select(e => e.Detail));
        await Assert.ThrowsAsync<NetworkErasedException>(() => NameAsync(later));
    }

    [Theory]
    [InlineData("keys")]
    [InlineData("keys", "turn")]
    [InlineData("keys", "rotate")]
    [InlineData("keys", "rotate", "elm-street")]
    [InlineData("keys", "rotate", "7d7e3a5e-2b7c-4a52-8a11-0e0f2f6b8c11")]
    [InlineData("keys", "erase", "7d7e3a5e-2b7c-4a52-8a11-0e0f2f6b8c11", "--yes")]
    public async Task What_is_not_understood_is_answered_in_one_line(params string[] words)
    {
        await using (var services = await InstallAsync()) { }
        var refusal = await Assert.ThrowsAsync<LaunchException>(() => KeysVerb.RunAsync(Launch.Parse([.. words, "--data", folder.Path], _ => null)));
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData("rotate", "--all")]
    [InlineData("erase", "network's id")]
    public async Task A_network_that_is_not_named_is_asked_for(string word, string asked)
    {
        await using (var services = await InstallAsync()) { }
        Assert.Contains(asked, (await Assert.ThrowsAsync<LaunchException>(() => VerbAsync(word))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_from_before_the_erasure_shows_no_text()
    {
        using TempFolder backup = new();
        await using (var services = await InstallAsync())
        {
            await using var db = await services.GetRequiredService<Databases>().ReadAsync(DatabaseRole.Directory);
            await using var connection = new SqliteConnection(db.Database.GetConnectionString());
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var copy = new SqliteConnection($"Data Source={backup.File("iptcloud.db")};Pooling=False");
            await copy.OpenAsync(TestContext.Current.CancellationToken);
            connection.BackupDatabase(copy);
        }

        // Before: the copy and the master key together are the whole network.
        await using (var restored = Restored(backup)) Assert.Equal("Ada Quetzalcoatlus", await NameAsync(restored));
        await VerbAsync("erase", network.ToString(), "--yes");
        await using (var restored = Restored(backup)) await Assert.ThrowsAsync<NetworkErasedException>(() => NameAsync(restored));
        Assert.Equal(-1, (await File.ReadAllBytesAsync(backup.File("iptcloud.db"), TestContext.Current.CancellationToken)).AsSpan().IndexOf("Quetzalcoatlus"u8));
    }

    [Fact]
    public async Task A_host_without_its_master_key_says_so_and_makes_no_new_one()
    {
        await using (var services = await InstallAsync()) { }
        File.Delete(folder.File("master.key"));
        await using var app = Serve.Build(Launched());
        Assert.Contains("missing", (await Assert.ThrowsAsync<LaunchException>(() => Schema.MigrateAsync(app.Services))).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("master.key")));
    }

    [Fact]
    public async Task Protection_keys_lie_wrapped_and_open_in_the_next_process_also_after_a_new_master_key()
    {
        string box;
        await using (var host = await StartAsync())
        {
            box = host.Services.GetDataProtectionProvider().CreateProtector("test").Protect("cookie");
            var xml = await ProtectionXmlAsync(host.Services);
            Assert.Contains("<wrappedByMasterKey", xml, StringComparison.Ordinal);
            Assert.DoesNotContain("<value", xml, StringComparison.Ordinal);
        }

        var before = File.ReadAllLines(folder.File("master.key"));
        await VerbAsync("rotate-master");
        await File.WriteAllLinesAsync(folder.File("master.key"), File.ReadAllLines(folder.File("master.key")).Except(before), TestContext.Current.CancellationToken);
        await using var next = await StartAsync();
        Assert.Equal("cookie", next.Services.GetDataProtectionProvider().CreateProtector("test").Unprotect(box));
        Assert.Equal("Ada Quetzalcoatlus", await NameAsync(next.Services));
    }

    [Fact]
    public async Task Protection_keys_from_before_stay_readable()
    {
        string box;
        await using (var services = await InstallAsync())
        {
            var plain = new ServiceCollection().AddSingleton(services.GetRequiredService<Databases>()).AddLogging().AddScoped(s => s.GetRequiredService<Databases>().Make(DatabaseRole.Directory));
            plain.AddDataProtection().SetApplicationName("iptcloud").PersistKeysToDbContext<IptCloudDb>();
            await using var older = plain.BuildServiceProvider();
            box = older.GetDataProtectionProvider().CreateProtector("test").Protect("cookie");
            Assert.Contains("<value", await ProtectionXmlAsync(services), StringComparison.Ordinal);
        }

        await using var host = await StartAsync();
        Assert.Equal("cookie", host.Services.GetDataProtectionProvider().CreateProtector("test").Unprotect(box));
    }

    private Launch Launched(params string[] words) => Launch.Parse([.. words, "--data", folder.Path, "--url", "http://localhost:0", "--no-demo"], _ => null);

    private Task<int> VerbAsync(params string[] words) => KeysVerb.RunAsync(Launched(["keys", .. words]));

    private async Task<ServiceProvider> InstallAsync()
    {
        var services = Tools.Services(Launched());
        await Schema.MigrateAsync(services);
        await PlantAsync(services);
        return services;
    }

    private async Task<WebApplication> StartAsync()
    {
        var app = Serve.Build(Launched());
        await Schema.MigrateAsync(app.Services);
        await PlantAsync(app.Services);
        return app;
    }

    private async Task PlantAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<Databases>().ReadAsync(network);
        if (await db.Networks.AnyAsync()) return;
        db.Networks.Add(await services.GetRequiredService<NetworkKeys>().FoundAsync(new() { NetworkId = network, Name = "Test", Policy = "{}" }));
        await db.SaveChangesAsync();
        await services.GetRequiredService<ClientRecords>().AddAsync(network, client, new("Ada", "Quetzalcoatlus", "Europe/London", "en-GB", null, false, null, false, false));
    }

    private async Task<string> NameAsync(IServiceProvider services) => (await services.GetRequiredService<ClientRecords>().FindAsync(network, client))!.Record.FullName;

    private ServiceProvider Restored(TempFolder backup) =>
        new ServiceCollection().AddSingleton(TimeProvider.System).AddSqliteData(backup.File("iptcloud.db"), folder.File("master.key")).BuildServiceProvider();

    private static async Task<string> ProtectionXmlAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<Databases>().ReadAsync(DatabaseRole.Directory);
        return string.Concat(await db.DataProtectionKeys.Select(k => k.Xml).ToListAsync());
    }
}
