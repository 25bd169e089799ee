using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using IptCloud.Contracts.Courses;
using IptCloud.Contracts.Networks;
using IptCloud.Data.Clients;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Inventory;
using IptCloud.Domain.Networks;
using IptCloud.Host.Access;
using IptCloud.Host.Browser;
using IptCloud.Portal.Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Host.Networks;

/// <summary>
/// Members of one network at every address, with ids of their own network and of a neighbour's (attacks 1 to 6, 20 and 37 to
/// 39). A neighbour's record answers as one that does not exist, and nothing of it changes. Every address of the portal is
/// taken, so that a new one is attacked from its first day.
/// </summary>
[Collection("browser"), Trait("Needs", "chromium")]
public sealed partial class NeighbourTests(PortalSite site) : IClassFixture<PortalSite>
{
    private const string Secret = "Zelenka-Canary";
    private static readonly NetworkId neighbour = TypedId.Derive<NetworkId>(SiteClinic.Root, "neighbour");
    private static readonly ClinicId clinic = TypedId.Derive<ClinicId>(neighbour.Value, "clinic");
    private static readonly MemberId therapist = TypedId.Derive<MemberId>(neighbour.Value, "therapist");
    private static readonly CourseKey theirs = new(neighbour, TypedId.Derive<CourseId>(neighbour.Value, "course"));
    private static readonly ClientId client = TypedId.Derive<ClientId>(neighbour.Value, "client");
    private static readonly SemaphoreSlim once = new(1, 1);
    private static bool planted;

    public static TheoryData<string> Members => [.. new[] { "therapist", "lead", "owner", "scheduler", "operator" }];

    [Theory]
    [MemberData(nameof(Members))]
    public async Task A_neighbours_record_is_not_there_and_does_not_change_whatever_is_asked_or_sent(string who)
    {
        await PlantAsync();
        var before = await StoredAsync();
        using Visitor visitor = new(site);
        await visitor.SignInAsync(MemberOf(who));
        var token = (await visitor.GetAsync("/account/sessions")).Token;
        List<string> faults = [];
        foreach (var (route, address) in Addresses(theirs.Course.Value, client.Value, therapist.Value, clinic.Value))
        {
            var nowhere = await visitor.GetAsync(Addresses(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()).First(a => a.Route == route).Address);
            foreach (var answer in new[] { await visitor.GetAsync(address), await visitor.PostAsync(address, token, "note", ("Form.Name", "x"), ("note.text", "taken over")) })
            {
                if (answer.Text.Contains(Secret, StringComparison.OrdinalIgnoreCase)) faults.Add($"{route} shows the neighbour's text");
                if (answer.Status is HttpStatusCode.OK or HttpStatusCode.InternalServerError) faults.Add($"{route} answers {(int)answer.Status}");
            }

            var asked = await visitor.GetAsync(address);
            if (asked.Status != nowhere.Status || Comparable(asked.Text) != Comparable(nowhere.Text)) faults.Add($"{route} tells the neighbour's id ({(int)asked.Status}) from one that nobody has ({(int)nowhere.Status})");
        }

        Assert.Empty(faults);
        Assert.Equal(before, await StoredAsync());
    }

    [Theory]
    [MemberData(nameof(Members))]
    public async Task Each_address_lets_in_whom_its_policy_names(string who)
    {
        var member = MemberOf(who);
        using Visitor visitor = new(site);
        await visitor.SignInAsync(member);
        List<string> faults = [];
        var places = Places().Where(e => !e.RoutePattern.Parameters.Any()).ToList();
        Assert.InRange(places.Count, 25, int.MaxValue);
        foreach (var place in places)
        {
            var path = "/" + place.RoutePattern.RawText!.TrimStart('/');
            var answer = await visitor.GetAsync(path);
            var admitted = Enum.GetValues<Roles>().Any(r => r != Roles.None && member.Roles.HasFlag(r) && EndpointTable.Admits(place, r));
            if ((answer.Status == HttpStatusCode.Forbidden) == admitted) faults.Add($"{path}: {(int)answer.Status}, though its policy {(admitted ? "lets in" : "keeps out")} {who}");
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Without_a_sign_in_only_what_is_for_everybody_opens()
    {
        using Visitor visitor = new(site);
        foreach (var place in Places())
        {
            var path = Fill(place, Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
            var answer = await visitor.GetAsync(path);
            var open = EndpointTable.Admits(place, Roles.None);
            if (!open) Assert.True(answer.Status is HttpStatusCode.Unauthorized || answer.To.StartsWith("/sign-in", StringComparison.Ordinal) || answer.To.StartsWith("/sign-up", StringComparison.Ordinal), $"{path} answers {(int)answer.Status} {answer.To}");
        }
    }

    /// <summary>It could show what a course holds, and what every process logs.</summary>
    [Fact]
    public async Task The_clusters_dashboard_shows_operations_calls_and_no_record()
    {
        using Visitor visitor = new(site);
        await visitor.SignInAsync(SiteClinic.Operator);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/ops/cluster/")).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/ops/cluster/TopGrainMethods")).Status);
        foreach (var withheld in new[] { "GrainState?grainId=1&grainType=IptCloud.Grains.Courses.CourseGrain", "Trace" }) Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/ops/cluster/" + withheld)).Status);
    }

    [Theory]
    [InlineData("X-Tenant")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("X-Original-URL")]
    public async Task Attack_6_no_header_names_the_network(string header)
    {
        await PlantAsync();
        using HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false, CheckCertificateRevocationList = true }) { BaseAddress = new(site.Url) };
        client.DefaultRequestHeaders.Add(header, neighbour.ToString());
        var answer = await client.GetAsync(new Uri("/caseload", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.StartsWith("/sign-in", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_page_changes_anything_by_being_looked_at()
    {
        await PlantAsync();
        var course = await StagedCourse.StartAsync(site, SiteClinic.Therapist, "Ottilie", new(2026, 10, 9, 16, 0, 0), 2);
        using Visitor visitor = new(site);
        await visitor.SignInAsync(SiteClinic.Therapist);
        var before = (await StoredAsync(SiteClinic.NetworkId), await StoredAsync());
        for (var twice = 0; twice < 2; twice++)
            foreach (var (_, address) in Addresses(course.Key.Course.Value, course.Client.Value, SiteClinic.Therapist.Id.Value, SiteClinic.ClinicId.Value).Concat(Places().Where(p => !p.RoutePattern.Parameters.Any()).Select(p => ("", "/" + p.RoutePattern.RawText!.TrimStart('/')))))
                await visitor.GetAsync(address);
        Assert.Equal(before, (await StoredAsync(SiteClinic.NetworkId), await StoredAsync()));
    }

    /// <summary>The table stands in the project, as <c>iptcloud access --endpoints</c> prints it: an address without a line fails here.</summary>
    [Fact]
    public void Every_address_has_its_line_in_the_table() =>
        Assert.Equal(File.ReadAllText(Path.Combine(IptCloud.Testing.Repository.Root, "infra", "safety", "endpoints.md")).ReplaceLineEndings("\n"), EndpointTable.Markdown(site.Services.GetRequiredService<EndpointDataSource>().Endpoints));

    private static SiteMember MemberOf(string who) => who switch
    {
        "therapist" => SiteClinic.Therapist,
        "lead" => SiteClinic.Lead,
        "owner" => SiteClinic.Owner,
        "scheduler" => SiteClinic.Scheduler,
        _ => SiteClinic.Operator,
    };

    private IEnumerable<RouteEndpoint> Places() => site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.RoutePattern.RawText?.TrimStart('/') is { } path && !path.StartsWith('_') && !path.StartsWith("{**", StringComparison.Ordinal) && !path.StartsWith("ops/jobs", StringComparison.Ordinal))
        .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") != false).DistinctBy(e => e.RoutePattern.RawText);

    private IEnumerable<(string Route, string Address)> Addresses(Guid course, Guid client, Guid member, Guid clinic) =>
        Places().Where(e => e.RoutePattern.Parameters.Any() && e.RoutePattern.RawText!.TrimStart('/') is var p && (p.StartsWith("courses/", StringComparison.Ordinal) || p.StartsWith("clients/", StringComparison.Ordinal) || p.StartsWith("network/", StringComparison.Ordinal) || p.StartsWith("diary/", StringComparison.Ordinal) || p.StartsWith("api/", StringComparison.Ordinal)))
            .Select(e => (e.RoutePattern.RawText!, Fill(e, course, client, member, clinic)));

    private static string Fill(RouteEndpoint place, Guid course, Guid client, Guid member, Guid clinic)
    {
        var raw = place.RoutePattern.RawText!.TrimStart('/');
        var id = raw.StartsWith("network/people", StringComparison.Ordinal) ? member : raw.StartsWith("network/clinics", StringComparison.Ordinal) ? clinic : raw.StartsWith("clients/", StringComparison.Ordinal) || raw.Contains("client/", StringComparison.Ordinal) ? client : course;
        return "/" + Parameter().Replace(raw, m => m.Groups[1].Value switch
        {
            "Code" => "I3",
            "Number" => "1",
            "Token" => "guess",
            "SessionId" or "session" => TypedId.Derive<SessionId>(course, "session").Value.ToString("N"),
            "AlertId" or "RequestId" or "PersonId" => TypedId.Derive<SessionId>(course, m.Groups[1].Value).Value.ToString("N"),
            _ => id.ToString("N"),
        });
    }

    // Ids that the page repeats, tokens and traces differ between any two answers.
    private static string Comparable(string page) => Varying().Replace(page, "…");

    private async Task PlantAsync()
    {
        await once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (planted) return;
            planted = true;
            await using (var db = site.Services.GetRequiredService<Databases>().Make(DatabaseRole.App, neighbour))
            {
                db.Networks.Add(await site.Services.GetRequiredService<NetworkKeys>().FoundAsync(new() { NetworkId = neighbour, Name = "Neighbour", Policy = JsonSerializer.Serialize(NetworkPolicy.Default) }));
                db.Clinics.Add(new() { NetworkId = neighbour, ClinicId = clinic, Name = Secret + " Clinic", SenderName = "Neighbour House", Zone = "Europe/London", DutyLead = therapist });
                db.Members.Add(new() { NetworkId = neighbour, MemberId = therapist, UserId = Guid.NewGuid(), Name = "Dr " + Secret, Email = "neighbour@neighbour.example", Roles = Roles.Therapist | Roles.Owner });
                db.MemberClinics.Add(new() { NetworkId = neighbour, MemberId = therapist, ClinicId = clinic });
                await db.SaveChangesAsync();
            }

            await site.Services.GetRequiredService<ClientRecords>().AddAsync(neighbour, client, new(Secret, Secret, "Europe/London", "en-GB", null, false, null, false, false), TestContext.Current.CancellationToken);
            var me = Actor.Of(therapist, Roles.Therapist, clinic);
            var course = theirs.Course.Value;
            foreach (CourseCommand command in (CourseCommand[])
            [
                new ReferCourse(client, therapist, clinic, "ipt-16", 1, Secret), new StartCourse(),
                new BookSeries(TypedId.Derive<SeriesId>(course, "series"), [TypedId.Derive<SessionId>(course, "session")], new(2026, 10, 8, 11, 0, 0), 50),
                new RecordPerson(new(new(TypedId.Derive<SessionId>(course, "PersonId").Value), Secret, "sister", 1, 2, RelationQuality.Supportive, null, "", ""), null),
                new EnterMeasure(new(TypedId.Derive<SessionId>(course, "RequestId").Value), "phq-9", 1, TypedId.Derive<SessionId>(course, "session"), Enumerable.Range(1, 9).ToImmutableSortedDictionary(i => i, i => (int?)1)),
            ])
            {
                RequestNetwork.Set(neighbour);
                var result = await site.Services.GetRequiredService<IGrainFactory>().GetGrain<ICourseGrain>(theirs.ToString()).ExecuteAsync(new(new(Guid.NewGuid()), me, command));
                Assert.Empty(result.Refusals.Select(r => r.Text));
            }
        }
        finally
        {
            once.Release();
        }
    }

    /// <summary>Everything stored of a network but the audit and the leases of the worker, as text.</summary>
    private async Task<string> StoredAsync(NetworkId? of = null)
    {
        await using var db = site.Services.GetRequiredService<Databases>().Make(DatabaseRole.App, of ?? neighbour);
        var journal = await db.Journal.Select(j => $"{j.StreamId} {j.Seq} {j.EventId}").ToListAsync();
        var clients = await db.Clients.Select(c => $"{c.ClientId} {c.Version}").ToListAsync();
        var drafts = await db.NoteDrafts.Select(d => $"{d.SessionId} {d.Revision}").ToListAsync();
        var members = await db.Members.Select(m => $"{m.MemberId} {m.Roles} {m.SuspendedAt} {m.RemovedAt}").ToListAsync();
        var clinics = await db.Clinics.Select(c => $"{c.ClinicId} {c.Name} {c.DutyLead}").ToListAsync();
        return string.Join('\n', journal.Concat(clients).Concat(drafts).Concat(members).Concat(clinics).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}|value=\"[^\"]{40,}\"|[0-9a-f]{32}")]
    private static partial Regex Varying();
}
