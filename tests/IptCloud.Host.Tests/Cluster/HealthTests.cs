using System.Net;
using IptCloud.Contracts.Courses;
using IptCloud.Contracts.Time;
using IptCloud.Data.Journal;
using IptCloud.Domain.Courses;
using IptCloud.Host.Browser;
using IptCloud.Host.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IptCloud.Host.Cluster;

/// <summary>A silo, a portal and a worker on PostgreSQL: what they say of themselves, and when they are out of order.</summary>
[Collection("cluster"), Trait("Needs", "postgres")]
public sealed class HealthTests(SharedCluster cluster)
{
    private readonly ClusterSite site = cluster.Site;

    private static DateTimeOffset ClinicOf(WebApplication host) => host.Services.GetRequiredKeyedService<TimeProvider>(ClinicClock.Key).GetUtcNow();

    [Fact]
    public async Task Each_role_says_what_it_needs_and_whether_it_is_there()
    {
        var (silo, portal, worker) = (cluster.Silo, cluster.Portal, cluster.Worker);
        foreach (var (host, checks) in new[] { (silo, "clock,database,journal,silo"), (portal, "clock,database,gateway"), (worker, "clock,database,gateway,jobs") })
        {
            var url = ClusterSite.UrlOf(host);
            var answer = await site.AwaitAsync(url, ready: true);
            Assert.Equal(checks, string.Join(',', answer.Checks.Keys.Order(StringComparer.Ordinal)));
            Assert.All(answer.Checks.Values, v => Assert.Equal("ok", v));
            Assert.Equal(HttpStatusCode.OK, await site.StatusAsync(url, "/health/live"));
            Assert.Equal(HttpStatusCode.OK, await site.StatusAsync(url, "/health/started"));
            Assert.Equal(host == portal ? HttpStatusCode.OK : HttpStatusCode.NotFound, await site.StatusAsync(url, "/help"));
        }

        // The database goes, for everybody.
        await SetDatabaseAsync(there: false);
        foreach (var host in new[] { silo, portal, worker })
        {
            var answer = await site.AwaitAsync(ClusterSite.UrlOf(host), ready: false);
            Assert.Equal("no answer", answer.Checks["database"]);
            Assert.DoesNotContain(site.Database.Name, answer.Text, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, await site.StatusAsync(ClusterSite.UrlOf(host), "/health/live"));
            if (host == silo) Assert.Equal("no answer", answer.Checks["journal"]);
        }

        await SetDatabaseAsync(there: true);
        foreach (var host in new[] { silo, portal, worker }) await site.AwaitAsync(ClusterSite.UrlOf(host), ready: true);

        // The only silo goes, for the others.
        await silo.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["gateway"], (await site.AwaitAsync(ClusterSite.UrlOf(portal), ready: false)).Checks.Where(c => c.Value != "ok").Select(c => c.Key));
        await cluster.StartSiloAsync();
        await site.AwaitAsync(ClusterSite.UrlOf(portal), ready: true);
    }

    /// <summary>The page must not say that the fault is ours, and that typed text has to be sent again.</summary>
    [Fact]
    public async Task A_course_that_meets_a_database_that_is_away_says_so_in_another_process()
    {
        var grains = cluster.Portal.Services.GetRequiredService<IGrainFactory>();
        CourseKey key = new(SiteClinic.NetworkId, new(Guid.NewGuid()));
        await grains.CallCourseAsync(key, g => g.ExecuteAsync(new(new(Guid.NewGuid()), SiteClinic.Therapist.Actor, new ReferCourse(new(Guid.NewGuid()), SiteClinic.Therapist.Id, SiteClinic.ClinicId, "ipt-16", 1, "Low mood"))));
        await SetDatabaseAsync(there: false);
        try
        {
            await Assert.ThrowsAsync<JournalUnavailableException>(() => grains.CallCourseAsync(key, g => g.WakeAsync(new(Guid.NewGuid())))); // it reads beside the journal
        }
        finally
        {
            await SetDatabaseAsync(there: true);
        }

        // What each process has pooled is dead: nobody is to notice.
        Assert.NotNull(await grains.CallCourseAsync(key, g => g.ViewAsync(SiteClinic.Therapist.Actor)));
        Assert.True((await grains.CallCourseAsync(key, g => g.ExecuteAsync(new(new(Guid.NewGuid()), SiteClinic.Therapist.Actor, new StartCourse())))).IsAccepted);
    }

    [Fact]
    public async Task A_process_whose_clock_is_wrong_gets_no_work()
    {
        var url = ClusterSite.UrlOf(cluster.Worker);
        await site.AwaitAsync(url, ready: true);
        foreach (var (by, words) in new[] { (TimeSpan.FromSeconds(7), "ahead of the database"), (TimeSpan.FromHours(-1), "behind the database") })
        {
            cluster.WorkerClock.Advance(by);
            var answer = await site.AwaitAsync(url, ready: false);
            Assert.EndsWith(words, answer.Checks["clock"], StringComparison.Ordinal);
            Assert.Equal(["clock"], answer.Checks.Where(c => c.Value != "ok").Select(c => c.Key));
            Assert.Equal(HttpStatusCode.OK, await site.StatusAsync(url, "/health/live"));
            // What it records goes by the database's clock all the same; started anew, it would not start.
            Assert.InRange((ClinicOf(cluster.Worker) - ClinicOf(cluster.Silo)).Duration(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
            Assert.Contains(words, (await Assert.ThrowsAsync<LaunchException>(cluster.Worker.Services.GetRequiredService<ClusterClock>().DemandAsync)).Message, StringComparison.Ordinal);
            cluster.WorkerClock.Advance(-by);
            await site.AwaitAsync(url, ready: true);
        }
    }

    [Fact]
    public async Task Before_it_stops_a_process_says_so_and_still_answers()
    {
        site.Variables["Cluster__DrainSeconds"] = "2";
        var portal = await site.StartAsync("portal");
        site.Variables.Clear();
        var url = ClusterSite.UrlOf(portal);
        await site.AwaitAsync(url, ready: true);
        var stopping = portal.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal("stopping", (await site.AwaitAsync(url, ready: false)).Checks["process"]);
        Assert.Equal(HttpStatusCode.OK, await site.StatusAsync(url, "/help"));
        Assert.False(stopping.IsCompleted);
        await stopping;
        Assert.Null(await site.AskAsync(url));
    }

    private async Task SetDatabaseAsync(bool there)
    {
        await using var server = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(site.Database.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        await server.OpenAsync(TestContext.Current.CancellationToken);
#pragma warning disable CA2100 // the test's own database
        await using NpgsqlCommand command = new($"alter database {site.Database.Name} with allow_connections {(there ? "true" : "false")}; select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '{site.Database.Name}'", server);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
