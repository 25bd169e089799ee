using System.Text;
using IptCloud.Contracts.Courses;
using IptCloud.Data.Keys;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Protocols;
using IptCloud.Grains.Courses;
using IptCloud.Host.Browser;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Storage;

namespace IptCloud.Host.Cluster;

/// <summary>A cluster whose silos find one another in a table of a storage account and keep snapshots in its blobs; the journal is in PostgreSQL.</summary>
[Trait("Needs", "postgres"), Trait("Needs", "node")]
public sealed class AzureTests
{
    private const string Canary = "Quillfeather", StateName = "sealed-course";
    private const int Courses = 8;
    private static readonly TimeSpan Target = TimeSpan.FromSeconds(20);

    // A call that takes longer is made again, and the one before goes on.
    private static readonly TimeSpan CallerWaits = TimeSpan.FromSeconds(5);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [AzureFact]
    public async Task A_snapshot_is_written_read_and_never_overwritten_unseen()
    {
        await using var azurite = await Azurite.StartAsync();
        await using var site = await SiteAsync(azurite);
        var storage = StorageOf(await site.StartAsync("silo"));
        var id = GrainId.Create("ipt.course", "a|b");
        await storage.WriteStateAsync(StateName, id, new GrainState<CourseSnapshot>(new(1, 7, Guid.NewGuid(), [1, 2, 3], 4)));

        GrainState<CourseSnapshot> one = new(), other = new();
        foreach (var reader in new[] { one, other }) await storage.ReadStateAsync(StateName, id, reader);
        Assert.Equal((true, 7, 4), (one.RecordExists, one.State!.Version, one.State.KeyVersion));
        Assert.Equal([1, 2, 3], one.State.Payload);

        one.State = one.State with { Version = 8 };
        await storage.WriteStateAsync(StateName, id, one);
        other.State = other.State! with { Version = 9 };
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync(StateName, id, other));
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync(StateName, id, new GrainState<CourseSnapshot>(other.State)));

        await storage.ReadStateAsync(StateName, id, other);
        Assert.Equal(8, other.State!.Version);
        await storage.ClearStateAsync(StateName, id, other);
        await storage.ReadStateAsync(StateName, id, one);
        Assert.False(one.RecordExists);
    }

    [AzureFact]
    public async Task After_a_silo_was_killed_the_other_goes_on_from_the_sealed_snapshot_in_its_blob()
    {
        await using var azurite = await Azurite.StartAsync();
        var known = "";
        await using (var site = await SiteAsync(azurite))
        {
            var (victim, url) = site.Spawn("silo");
            await site.AwaitAsync(url, ready: true);
            var portal = await site.StartAsync("portal");
            await site.AwaitAsync(ClusterSite.UrlOf(portal), ready: true);
            await SiteClinic.PlantAsync(portal.Services);
            var grains = portal.Services.GetRequiredService<IGrainFactory>();
            var led = await ReferAsync(grains);
            var version = await DoAsync(grains, led, new StartCourse());
            for (var i = 0; version < 200; i++) version = await DoAsync(grains, led, new ChooseFocus((FocusArea)(i % 4), $"{Canary} {i}"));
            Assert.Equal(200, version);

            var survivor = await site.StartAsync("silo");
            var management = grains.GetGrain<IManagementGrain>(0);
            await PortalSite.AwaitAsync("second silo", async () => (await management.GetHosts(onlyActive: true)).Count == 2 ? "there" : null);
            Assert.Equal(0L, await AskAsync(site, "select count(*) from orleans.orleansmembershiptable"));
            Assert.Equal(0L, await AskAsync(site, "select count(*) from orleans.orleansstorage"));
            List<CourseKey> courses = [];
            for (var i = 0; i < Courses; i++) courses.Add(await ReferAsync(grains));

            // From the beginning it can no longer be replayed: who answers has the snapshot.
            await BreakFirstEventAsync(site, led);
            victim.Kill();
            var killed = TimeProvider.System.GetTimestamp();
            await Parallel.ForEachAsync(courses, Ct, async (key, _) => Assert.Equal(1, await VersionAsync(grains, key)));
            Assert.Equal(200, await VersionAsync(grains, led));
            Assert.True(TimeProvider.System.GetElapsedTime(killed) < Target, $"The courses answered after {TimeProvider.System.GetElapsedTime(killed).TotalSeconds:0.0} s.");

            GrainState<CourseSnapshot> kept = new();
            var id = GrainId.Create("ipt.course", led.ToString());
            await StorageOf(survivor).ReadStateAsync(StateName, id, kept);
            Assert.Equal(200, kept.State!.Version);
            var snapshot = kept.State;
            Assert.DoesNotContain(Canary, Encoding.UTF8.GetString(snapshot.Payload), StringComparison.Ordinal);
            var ring = await survivor.Services.GetRequiredService<NetworkKeys>().RingAsync(led.Network, snapshot.KeyVersion, Ct);
            Assert.Contains(Canary, Encoding.UTF8.GetString(ring.Open(Place.Snapshot(led.Course, snapshot.Version), snapshot.Payload, snapshot.KeyVersion)), StringComparison.Ordinal);

            await management.ForceActivationCollection(TimeSpan.Zero);
            await StorageOf(survivor).ClearStateAsync(StateName, id, kept);
            await Assert.ThrowsAnyAsync<Exception>(() => VersionAsync(grains, led));
            await StorageOf(survivor).WriteStateAsync(StateName, id, new GrainState<CourseSnapshot>(snapshot));
            Assert.Equal(200, await VersionAsync(grains, led));
            known = led.Course.ToString();
        }

        var everything = await azurite.EverythingAsync();
        Assert.Contains(known, everything, StringComparison.Ordinal);
        foreach (var open in new[] { Canary, Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary))[..12], SiteClinic.Therapist.Email, "Archer", "Wexcombe" }) Assert.DoesNotContain(open, everything, StringComparison.Ordinal);
    }

    [AzureFact]
    public async Task A_course_answers_while_the_account_does_not()
    {
        await using var azurite = await Azurite.StartAsync();
        await using var site = await SiteAsync(azurite);
        await site.StartAsync("silo");
        var portal = await site.StartAsync("portal");
        await SiteClinic.PlantAsync(portal.Services);
        var grains = portal.Services.GetRequiredService<IGrainFactory>();
        var key = await ReferAsync(grains);
        await grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        await azurite.FreezeAsync();
        try
        {
            var frozen = TimeProvider.System.GetTimestamp();
            Assert.Equal(1, await VersionAsync(grains, key));
            Assert.InRange(TimeProvider.System.GetElapsedTime(frozen), TimeSpan.FromSeconds(1), CallerWaits);
        }
        finally
        {
            await azurite.ThawAsync();
        }
    }

    [AzureFact]
    public async Task An_account_that_cannot_be_used_is_said_in_one_line_at_the_start()
    {
        await using var azurite = await Azurite.StartAsync();
        await using var site = await SiteAsync(azurite);
        var wrong = Azurite.NewKey();
        foreach (var (connection, why) in new[]
        {
            ("nonsense", "iptcloud: Azure__Connection: It is not the connection string of a storage account."),
            (azurite.ConnectionWith("no key"), "iptcloud: Azure__Connection: It is not the connection string of a storage account."),
            (azurite.ConnectionWith(wrong), "refused (403 "),
            (azurite.Connection.Replace("//127.0.0.1:", "//127.0.0.1:1/", StringComparison.Ordinal), "cannot be reached"),
        })
        {
            site.Variables["Azure__Connection"] = connection;
            var (code, error) = await site.FailAsync("silo");
            Assert.Equal(2, code);
            Assert.StartsWith("iptcloud: Azure", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
            Assert.Contains(why, error, StringComparison.Ordinal);
            Assert.DoesNotContain(wrong, error, StringComparison.Ordinal);
        }
    }

    [AzureFact]
    public async Task A_silo_that_holds_no_key_signs_in_by_the_machines_identity()
    {
        using Authority authority = new();
        var (certificate, key) = authority.Issue("account");
        await using var azurite = await Azurite.StartWithIdentitiesAsync(certificate, key);
        await using var identity = await MachineIdentity.StartAsync();
        await using var site = await ClusterSite.CreateAsync();
        (site.Variables["Azure__BlobService"], site.Variables["Azure__TableService"], site.Variables["Azure__ClientId"]) = (azurite.Blobs, azurite.Tables, "9f0c");
        site.Variables["SSL_CERT_FILE"] = authority.RootFile;
        foreach (var (name, value) in identity.Variables) site.Variables[name] = value;
        var (_, url) = site.Spawn("silo");
        await site.AwaitAsync(url, ready: true);
        Assert.NotEmpty(identity.Asked);
        Assert.All(identity.Asked, a => Assert.Equal("https://storage.azure.com for 9f0c", a.Replace(".com/", ".com", StringComparison.Ordinal)));

        // Its identity is taken away.
        site.Variables["IDENTITY_HEADER"] = "something else";
        var (code, error) = await site.FailAsync("silo");
        Assert.Equal(2, code);
        Assert.StartsWith("iptcloud: Azure Storage: no identity could be had for the blob service", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static async Task<ClusterSite> SiteAsync(Azurite azurite)
    {
        var site = await ClusterSite.CreateAsync();
        site.Variables["Azure__Connection"] = azurite.Connection;
        return site;
    }

    private static IGrainStorage StorageOf(WebApplication silo)
    {
        var storage = silo.Services.GetRequiredKeyedService<IGrainStorage>("snapshots");
        Assert.Equal("AzureBlobGrainStorage", storage.GetType().Name);
        return storage;
    }

    private static async Task<CourseKey> ReferAsync(IGrainFactory grains)
    {
        CourseKey key = new(SiteClinic.NetworkId, new(Guid.NewGuid()));
        await DoAsync(grains, key, new ReferCourse(new(Guid.NewGuid()), SiteClinic.Therapist.Id, SiteClinic.ClinicId, "ipt-16", 1, Canary));
        return key;
    }

    private static async Task<long> DoAsync(IGrainFactory grains, CourseKey key, CourseCommand command)
    {
        CourseRequest request = new(new(Guid.NewGuid()), SiteClinic.Therapist.Actor, command);
        var result = await grains.CallCourseAsync(key, g => g.ExecuteAsync(request));
        Assert.True(result.IsAccepted, string.Join("; ", result.Refusals.Select(r => r.Text)));
        return result.Version;
    }

    private static async Task<long> VersionAsync(IGrainFactory grains, CourseKey key) =>
        (await grains.CallCourseAsync(key, g => g.ViewAsync(SiteClinic.Therapist.Actor)))!.Version;

    private static async Task BreakFirstEventAsync(ClusterSite site, CourseKey key) =>
        Assert.Equal(1L, await AskAsync(site, $"set session_replication_role = replica; with broken as (update journal set key_version = 30000 where stream_id = '{key.Course.Value}' and seq = 1 returning 1) select count(*) from broken"));

    private static async Task<long> AskAsync(ClusterSite site, string sql)
    {
        await using NpgsqlConnection connection = new(site.Database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Ct);
#pragma warning disable CA2100 // our own
        await using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
