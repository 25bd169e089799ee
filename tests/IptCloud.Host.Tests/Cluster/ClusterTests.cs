using System.Collections.Concurrent;
using System.Net;
using IptCloud.Contracts.Courses;
using IptCloud.Data.Access;
using IptCloud.Data.Audit;
using IptCloud.Data.Journal;
using IptCloud.Data.Keys;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Courses;
using IptCloud.Host.Audit;
using IptCloud.Host.Browser;
using IptCloud.Host.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Orleans.Runtime.Placement;
using Orleans.Serialization;

namespace IptCloud.Host.Cluster;

/// <summary>Two silos, one of them a real process that is killed; two portals that share a visitor.</summary>
[Collection("cluster"), Trait("Needs", "postgres")]
public sealed class ClusterTests(SharedCluster cluster)
{
    private const int Courses = 16;
    private static readonly TimeSpan Target = TimeSpan.FromSeconds(20);
    private readonly ClusterSite site = cluster.Site;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Invariant 1: an acknowledged command survives a lost silo.</summary>
    [Fact]
    public async Task After_a_silo_was_killed_every_course_answers_and_nothing_acknowledged_is_lost()
    {
        var (victim, url) = site.Spawn("silo");
        await site.AwaitAsync(url, ready: true);
        using var visitor = await SignInAsync(SiteClinic.Therapist, ClusterSite.UrlOf(cluster.Portal), ClusterSite.UrlOf(cluster.Portal));
        var course = await ReferAsync(visitor, SiteClinic.Therapist, ClusterSite.UrlOf(cluster.Portal), ClusterSite.UrlOf(cluster.Portal));

        var grains = cluster.Portal.Services.GetRequiredService<IGrainFactory>();
        var management = grains.GetGrain<IManagementGrain>(0);
        // The new one is ready before the others have heard of it, and until then they place nothing there.
        var silos = await PortalSite.AwaitAsync("silo that the other one knows", async () => (await management.GetHosts(onlyActive: true)) is { Count: 2 } both ? both : null);
        ConcurrentDictionary<CourseKey, (CourseRequest Request, long Version)> acknowledged = [];
        await Parallel.ForAsync(0, Courses, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            CourseKey key = new(SiteClinic.NetworkId, new(Guid.NewGuid()));
            // Left to itself the cluster may put all of them where it was asked.
            RequestContext.Set(IPlacementDirector.PlacementHintKey, silos.Keys.ElementAt(i % 2));
            CourseRequest request = new(new(Guid.NewGuid()), SiteClinic.Therapist.Actor, new ReferCourse(new(Guid.NewGuid()), SiteClinic.Therapist.Id, SiteClinic.ClinicId, "ipt-16", 1, "Low mood"));
            var result = await grains.CallCourseAsync(key, g => g.ExecuteAsync(request));
            Assert.True(result.IsAccepted, string.Join("; ", result.Refusals.Select(r => r.Text)));
            acknowledged[key] = (request, result.Version);
        });
        var held = (await management.GetDetailedGrainStatistics()).Where(s => s.GrainType.Contains("CourseGrain", StringComparison.Ordinal)).GroupBy(s => s.SiloAddress).Select(g => g.Count()).ToList();
        Assert.Equal(2, held.Count); // or nothing would be lost with one

        victim.Kill();
        var killed = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(acknowledged, new ParallelOptions { MaxDegreeOfParallelism = Courses }, async (a, _) =>
        {
            var (request, version) = a.Value;
            var view = await grains.CallCourseAsync(a.Key, g => g.ViewAsync(SiteClinic.Therapist.Actor));
            Assert.Equal(version, view!.Version);
            Assert.Equal(version, (await grains.CallCourseAsync(a.Key, g => g.ExecuteAsync(request))).Version);
            Assert.True((await grains.CallCourseAsync(a.Key, g => g.ExecuteAsync(new(new(Guid.NewGuid()), SiteClinic.Therapist.Actor, new StartCourse())))).IsAccepted);
        });
        using var page = await visitor.GetAsync(new Uri(ClusterSite.UrlOf(cluster.Portal), course), Ct);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.True(TimeProvider.System.GetElapsedTime(killed) < Target, $"The courses answered after {TimeProvider.System.GetElapsedTime(killed).TotalSeconds:0.0} s.");
    }

    /// <summary>Nothing of a visitor stays in one portal: every step of a sign-in and of a form may reach another.</summary>
    [Fact]
    public async Task A_visitor_may_be_served_by_another_portal_at_every_step()
    {
        var (one, other) = (ClusterSite.UrlOf(cluster.Portal), ClusterSite.UrlOf(await site.StartAsync("portal")));
        using var visitor = await SignInAsync(SiteClinic.Colleague, one, other);
        var course = await ReferAsync(visitor, SiteClinic.Colleague, one, other);
        foreach (var portal in new[] { one, other })
        {
            using var page = await visitor.GetAsync(new Uri(portal, course), Ct);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }
    }

    /// <summary>A refused form comes back with what was typed, however soon the silo answers: on a machine that is busy, before the page has waited for it.</summary>
    [Fact]
    public async Task A_form_that_is_refused_at_once_comes_back_and_is_not_taken_for_a_missing_page()
    {
        var portal = ClusterSite.UrlOf(await site.StartAsync("portal", s => s.AddSingleton<IOutgoingGrainCallFilter, AnsweredAtOnce>()));
        using var visitor = await SignInAsync(SiteClinic.Parting, portal, portal);
        var course = await ReferAsync(visitor, SiteClinic.Parting, portal, portal);
        Uri page = new(portal, $"{course}/plan/focus");
        var token = AuditSite.TokenOf(await visitor.GetStringAsync(page, Ct));
        using FormUrlEncodedContent form = new(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = token, ["_handler"] = "course", ["which"] = "focus", ["command"] = Guid.NewGuid().ToString(), ["focus.area"] = "Grief", ["focus.reason"] = "",
        });
        using var answer = await visitor.PostAsync(page, form, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Choose this focus", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    /// <summary>Idle time, one-time codes and lock-outs go by the database's clock.</summary>
    [Fact]
    public async Task A_portal_whose_machines_clock_jumps_signs_nobody_out_and_takes_their_codes()
    {
        ShiftedClock machine = new();
        var portal = ClusterSite.UrlOf(await site.StartAsync("portal", s => s.Replace(ServiceDescriptor.KeyedSingleton<TimeProvider>(SharedTime.Machine, machine))));
        using var before = await SignInAsync(SiteClinic.Owner, portal, portal);
        machine.Advance(TimeSpan.FromHours(1));
        using var page = await before.GetAsync(new Uri(portal, "/network/people"), Ct);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        using var after = await SignInAsync(SiteClinic.Lead, portal, portal);
    }

    /// <summary>Each process says which networks' keys it opened, also one that seals no audit.</summary>
    [Fact]
    public async Task Keys_that_a_portal_opened_stand_in_the_audit_when_it_has_stopped()
    {
        var portal = await site.StartAsync("portal");
        await portal.Services.GetRequiredService<NetworkKeys>().RingAsync(SiteClinic.NetworkId, ct: Ct);
        var before = await OpenedAsync();
        await portal.StopAsync(Ct);
        Assert.Equal(before + 1, await OpenedAsync());

        async Task<int> OpenedAsync() =>
            (await cluster.Portal.Services.GetRequiredService<AuditTrail>().PageAsync(SiteClinic.NetworkId, new(), null, 1000)).Entries.Count(e => e.Action == AuditActions.Key.Code);
    }

    [Fact]
    public void What_a_silo_fails_with_keeps_its_meaning_on_the_way()
    {
        // Each process has its own serializers.
        var (silo, portal) = (cluster.Silo.Services.GetRequiredService<Serializer>(), cluster.Portal.Services.GetRequiredService<Serializer>());
        Exception[] failures = [new JournalUnavailableException("away", new NpgsqlException("gone")), new CourseConflictException(), new UnauthorizedAccessException(), new TimeoutException()];
        Assert.All(failures, f => Assert.IsType(f.GetType(), portal.Deserialize<Exception>(silo.SerializeToArray(f)), exactMatch: true));
    }

    private static async Task<HttpClient> SignInAsync(SiteMember member, Uri first, Uri then)
    {
        HttpClient visitor = new(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false, CheckCertificateRevocationList = true });
        Assert.StartsWith("/sign-in/code", (await PostAsync(visitor, new(first, "/sign-in"), new(then, "/sign-in"), ("_handler", "sign-in"), ("Form.Email", member.Email), ("Form.Password", SiteClinic.Password))).To, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await PostAsync(visitor, new(first, "/sign-in/code"), new(then, "/sign-in/code"), ("_handler", "code"), ("Form.Code", Totp.Code(member.AppKey, Totp.StepOf(TimeProvider.System.GetUtcNow()))))).Status);
        return visitor;
    }

    /// <returns>The new course's address.</returns>
    private static async Task<string> ReferAsync(HttpClient visitor, SiteMember therapist, Uri first, Uri then)
    {
        var answer = await PostAsync(visitor, new(first, "/courses/new"), new(then, "/courses/new"),
            ("_handler", "referral"), ("Form.Command", Guid.NewGuid().ToString("N")), ("Form.Client", "new"), ("Form.Therapist", $"{SiteClinic.ClinicId}:{therapist.Id}"), ("Form.Protocol", "ipt-16:1"), ("Form.Reason", "Low mood"),
            ("Form.Record.GivenName", "Ines"), ("Form.Record.FamilyName", "Example"), ("Form.Record.Zone", SiteClinic.Zone), ("Form.Record.Language", "en-GB"));
        Assert.StartsWith("/courses/", answer.To, StringComparison.Ordinal);
        return answer.To;
    }

    private static async Task<(HttpStatusCode Status, string To)> PostAsync(HttpClient visitor, Uri page, Uri to, params IEnumerable<(string Field, string Value)> fields)
    {
        var token = AuditSite.TokenOf(await visitor.GetStringAsync(page, Ct));
        using FormUrlEncodedContent form = new(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        using var answer = await visitor.PostAsync(to, form, Ct);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString is { } location && Uri.TryCreate(location, UriKind.Absolute, out var absolute) && absolute.Scheme.StartsWith("http", StringComparison.Ordinal) ? absolute.PathAndQuery : answer.Headers.Location?.OriginalString ?? "");
    }

    /// <summary>Lets a command's answer be there before anybody waits for it.</summary>
    private sealed class AnsweredAtOnce : IOutgoingGrainCallFilter
    {
        public Task Invoke(IOutgoingGrainCallContext context)
        {
            var call = context.Invoke();
            if (context.MethodName == nameof(ICourseGrain.ExecuteAsync)) Task.WhenAny(call).Wait();
            return call;
        }
    }
}
