using IptCloud.Contracts.Courses;
using IptCloud.Data.Clients;
using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Host.Browser;
using IptCloud.Host.Verbs;
using IptCloud.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Host.Storage;

/// <summary>A practice that outgrows one machine takes everything along.</summary>
[Trait("Needs", "postgres")]
public sealed class ImportTests : IAsyncLifetime
{
    private static readonly CourseKey course = new(SiteClinic.NetworkId, TypedId.Derive<CourseId>(SiteClinic.Root, "moved"));
    private static readonly ClientId client = TypedId.Derive<ClientId>(SiteClinic.Root, "moved client");
    private readonly TempFolder folder = new();
    private PostgresDatabase database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await PostgresDatabase.CreateAsync(Ct);

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task An_embedded_installation_goes_on_in_postgres_where_it_stopped()
    {
        long version;
        await using (var embedded = Serve.Build(Embedded()))
        {
            await Schema.MigrateAsync(embedded.Services);
            await embedded.StartAsync(Ct);
            await SiteClinic.PlantAsync(embedded.Services);
            await AddPasskeyAsync(embedded.Services);
            await embedded.Services.GetRequiredService<ClientRecords>().AddAsync(SiteClinic.NetworkId, client, new("Ines", "Example", SiteClinic.Zone, "en-GB", "ines@example.org", true, null, false, true), Ct);
            await DoAsync(embedded, new ReferCourse(client, SiteClinic.Therapist.Id, SiteClinic.ClinicId, "ipt-16", 1, "Asks for help."));
            version = (await DoAsync(embedded, new StartCourse())).Version;
            await embedded.StopAsync(Ct);
        }

        Assert.Equal(0, await Migrate.RunAsync(Cluster("migrate")));
        Assert.Equal(0, await ImportVerb.RunAsync(Cluster("import-embedded")));

        Assert.Contains("twice", Assert.Throws<LaunchException>(() => DataFolderLock.DemandOpen(Embedded())).Message, StringComparison.Ordinal);

        await using var grown = Serve.Build(Cluster("--roles", "silo,portal,worker", "--url", $"http://localhost:{FreePort.Next()}"));
        await grown.StartAsync(Ct);
        Assert.Equal(version + 1, (await DoAsync(grown, new HoldCourse("Summer break"))).Version);
        Assert.Equal("Ines", (await grown.Services.GetRequiredService<ClientRecords>().FindAsync(SiteClinic.NetworkId, client, Ct))!.Record.GivenName);
        await using (var scope = grown.Services.CreateAsyncScope())
        {
            using var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffUser>>();
            var user = (await users.FindByEmailAsync(SiteClinic.Therapist.Email))!;
            Assert.True(await users.CheckPasswordAsync(user, SiteClinic.Password));
            Assert.Equal([9, 8, 7, 255], (await users.GetPasskeysAsync(user))[0].PublicKey);
        }

        await grown.StopAsync(Ct);
        DataFolderLock.Open(Embedded());
        Assert.Contains("not empty", (await Assert.ThrowsAsync<LaunchException>(() => ImportVerb.RunAsync(Cluster("import-embedded")))).Message, StringComparison.Ordinal);
        DataFolderLock.DemandOpen(Embedded()); // it was not moved this time
    }

    [Fact]
    public async Task With_another_master_key_nothing_is_moved()
    {
        await using (var embedded = Serve.Build(Embedded()))
        {
            await Schema.MigrateAsync(embedded.Services);
            await embedded.StartAsync(Ct);
            await SiteClinic.PlantAsync(embedded.Services);
            await DoAsync(embedded, new ReferCourse(client, SiteClinic.Therapist.Id, SiteClinic.ClinicId, "ipt-16", 1, "Asks for help."));
            await embedded.StopAsync(Ct);
        }

        var other = folder.File("other.key");
        Assert.Equal(0, await Migrate.RunAsync(ClusterWith(other, "migrate")));
        Assert.Contains("must be the master key", (await Assert.ThrowsAsync<LaunchException>(() => ImportVerb.RunAsync(ClusterWith(other, "import-embedded")))).Message, StringComparison.Ordinal);
        await using var db = Tools.Services(Cluster("migrate")).GetRequiredService<Databases>().Make(DatabaseRole.Owner);
        Assert.False(await db.Networks.AcrossNetworks().AnyAsync(Ct));
    }

    private Launch Embedded() => Launch.Parse(["--data", folder.Path, "--no-demo", "--no-billing", "--url", $"http://localhost:{FreePort.Next()}"], _ => null);

    private Launch Cluster(params string[] args) => ClusterWith(folder.File("master.key"), args);

    private Launch ClusterWith(string key, params string[] args) => Launch.Parse([.. args, "--data", folder.Path, "--no-demo"], name => name switch
    {
        "IPTCLOUD_POSTGRES" => database.ConnectionString,
        "IPTCLOUD_MASTER_KEY_FILE" => key,
        _ => null,
    });

    private static async Task AddPasskeyAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        using var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffUser>>();
        var user = (await users.FindByEmailAsync(SiteClinic.Therapist.Email))!;
        UserPasskeyInfo passkey = new([1, 2, 3], [9, 8, 7, 255], SiteClinic.Opening, 0, ["usb"], true, false, false, [4], [5]) { Name = "A key" };
        Assert.True((await users.AddOrUpdatePasskeyAsync(user, passkey)).Succeeded);
    }

    private static async Task<CommandResult> DoAsync(WebApplication host, CourseCommand command)
    {
        CourseRequest request = new(new(Guid.NewGuid()), SiteClinic.Therapist.Actor, command);
        var result = await host.Services.GetRequiredService<IGrainFactory>().CallCourseAsync(course, g => g.ExecuteAsync(request));
        Assert.Empty(result.Refusals.Select(r => r.Text));
        return result;
    }
}
