using System.Net;
using IptCloud.Data.Audit;
using IptCloud.Data.Keys;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using IptCloud.Host.Browser;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Host.Audit;

/// <summary>What requests leave in the audit, and what becomes of them without it.</summary>
[Collection("audit")]
public sealed class RequestAuditTests(AuditSite site)
{
    private static readonly string[] turns = ["suspend", "lift"];
    private static readonly string[] loopback = ["::1", "127.0.0.1", "::ffff:127.0.0.1"];

    private string CoursePage => $"/courses/{site.Course}";

    private static Uri At(string path) => new(path, UriKind.Relative);

    [Fact]
    public async Task A_read_names_who_saw_whose_record()
    {
        using var client = await site.SignInAsync(SiteClinic.Therapist);
        var left = await site.LeavesAsync(async () => Assert.Contains(AuditSite.ClientName, await client.GetStringAsync(At(CoursePage + "/plan")), StringComparison.Ordinal));

        var entry = Assert.Single(left);
        Assert.Equal((AuditActions.Plan.Code, AuditOutcome.Done, SiteClinic.Therapist.Id, ActorKind.Member), (entry.Action, entry.Outcome, entry.Actor.Member, entry.Actor.Kind));
        Assert.Equal((site.Course, "courses/{Id}/plan"), (entry.Course, entry.Detail));
        Assert.Equal([site.Client], entry.Clients);
        Assert.NotNull(entry.Actor.User);
        Assert.Contains(entry.Origin, loopback);
    }

    [Theory]
    [InlineData("", "course.read")]
    [InlineData("?asof=2020-02-29", "course.read-as-of")]
    [InlineData("/homework", "homework.read")]
    [InlineData("/inventory", "inventory.read")]
    [InlineData("/measures/enter", "measure.read")]
    [InlineData("/sessions", "sessions.read")]
    [InlineData("/status/end", "status.read")]
    public async Task Each_part_of_a_course_has_its_action(string part, string action)
    {
        using var client = await site.SignInAsync(SiteClinic.Therapist);

        var entry = Assert.Single(await site.LeavesAsync(() => client.GetStringAsync(At(CoursePage + part))));

        Assert.Equal(action, entry.Action);
    }

    [Theory]
    [InlineData("/caseload", "caseload.read")]
    [InlineData("/", "my-day.read")]
    public async Task A_list_names_the_clients_that_it_shows_and_no_others(string page, string action)
    {
        using var client = await site.SignInAsync(SiteClinic.Therapist);
        using var colleague = await site.SignInAsync(SiteClinic.Colleague);

        var left = await site.LeavesAsync(() => client.GetStringAsync(At(page)));
        if (page == "/caseload") Assert.Equal([site.Client], Assert.Single(left).Clients);
        Assert.All(left, e => Assert.Equal(action, e.Action));
        Assert.Empty(await site.LeavesAsync(() => colleague.GetStringAsync(At(page))));
    }

    [Fact]
    public async Task A_record_of_somebody_elses_is_a_denial_about_that_client()
    {
        using var colleague = await site.SignInAsync(SiteClinic.Colleague);
        foreach (var page in new[] { CoursePage, $"/clients/{site.Client}" })
        {
            var left = await site.LeavesAsync(async () => Assert.Equal(HttpStatusCode.NotFound, (await colleague.GetAsync(At(page))).StatusCode));
            var entry = Assert.Single(left);
            Assert.Equal((AuditOutcome.Denied, SiteClinic.Colleague.Id), (entry.Outcome, entry.Actor.Member));
            Assert.Equal([site.Client], entry.Clients);
        }
    }

    [Fact]
    public async Task Changes_of_people_and_settings_name_who_what_and_whom()
    {
        using var owner = await site.SignInAsync(SiteClinic.Owner);
        var person = $"/network/people/{SiteClinic.Parting.Id}";

        var left = await site.LeavesAsync(async () =>
        {
            foreach (var form in turns) Assert.Equal(HttpStatusCode.Found, (await AuditSite.PostAsync(owner, person, person, Form(form))).StatusCode);
            Assert.Equal(HttpStatusCode.Found, (await AuditSite.PostAsync(owner, "/network/protocol", "/network/protocol", new(Form("choose")) { ["choose.protocol"] = "ipt-16" })).StatusCode);
        });

        Assert.Equal(
            [(SettingsChange.Suspended.Code, SiteClinic.Parting.Id.Value), (SettingsChange.Lifted.Code, SiteClinic.Parting.Id.Value), (SettingsChange.Protocol.Code, (Guid?)null)],
            left.Select(e => (e.Detail!, e.Subject)));
        Assert.All(left, e => Assert.Equal((AuditActions.People.Code, AuditOutcome.Done, SiteClinic.Owner.Id), (e.Action, e.Outcome, e.Actor.Member)));
        var page = WebUtility.HtmlDecode(await owner.GetStringAsync(At("/network/audit")));
        Assert.Contains("Suspended a member", page, StringComparison.Ordinal);
        Assert.Contains(SiteClinic.Parting.Name, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_not_suspend_an_owner_is_recorded_trying()
    {
        using var admin = await site.SignInAsync(AuditSite.Admin);
        var token = AuditSite.TokenOf(await admin.GetStringAsync(At("/network/people/invite")));

        var left = await site.LeavesAsync(async () => await AuditSite.SendAsync(admin, token, $"/network/people/{SiteClinic.Owner.Id}", Form("suspend")));

        var entry = Assert.Single(left, e => e.Action == AuditActions.People.Code);
        Assert.Equal((AuditOutcome.Denied, SettingsChange.Suspended.Code, SiteClinic.Owner.Id.Value), (entry.Outcome, entry.Detail, entry.Subject!.Value));
    }

    [Fact]
    public async Task That_the_process_opened_the_networks_keys_is_recorded_once()
    {
        await site.Services.GetRequiredService<OpenedKeys>().WriteAsync();
        await site.Services.GetRequiredService<OpenedKeys>().WriteAsync();

        var page = await site.Services.GetRequiredService<AuditTrail>().PageAsync(SiteClinic.NetworkId, new(), null, 1000, TestContext.Current.CancellationToken);
        var entry = Assert.Single(page.Entries, e => e.Action == AuditActions.Key.Code);
        Assert.Equal((KeyDeeds.Opened, ActorKind.System), (entry.Detail, entry.Actor.Kind));
    }

    private static Dictionary<string, string> Form(string which) => new() { ["_handler"] = "network", ["which"] = which };

    [Fact]
    public async Task A_page_beyond_the_role_is_a_denial()
    {
        using var client = await site.SignInAsync(SiteClinic.Therapist);
        foreach (var page in new[] { "/ops", "/network/audit", "/network/audit.csv" })
        {
            var left = await site.LeavesAsync(async () => Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(At(page))).StatusCode));
            Assert.Equal(AuditOutcome.Denied, Assert.Single(left).Outcome);
        }
    }

    [Fact]
    public async Task A_command_is_recorded_whether_accepted_or_refused()
    {
        using var client = await site.SignInAsync(SiteClinic.Therapist);
        Task<HttpResponseMessage> Send(string form, string page, params (string Name, string Value)[] fields) => AuditSite.PostAsync(client, CoursePage + page, CoursePage + page,
            new([new("_handler", "course"), new("which", form), new("command", Guid.NewGuid().ToString()), .. fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))]));

        var held = await site.LeavesAsync(async () => await Send("hold", "/status/hold", ("hold.reason", ""), ("hold.Reason", "")));
        var commands = held.Where(e => e.Action == AuditActions.Command.Code).ToList();
        var done = await site.LeavesAsync(async () => await Send("hold", "/status/hold", ("hold.reason", "Away for a week"), ("hold.Reason", "Away for a week")));

        Assert.Equal(AuditOutcome.Denied, Assert.Single(commands).Outcome);
        var entry = Assert.Single(done, e => e.Action == AuditActions.Command.Code);
        Assert.Equal(("hold-course", AuditOutcome.Done, (CourseId?)site.Course), (entry.Detail, entry.Outcome, entry.Course));
        Assert.Equal([site.Client], entry.Clients);
    }

    [Fact]
    public async Task Signing_in_and_out_is_recorded_and_so_is_a_failure()
    {
        using var visitor = site.Visitor();
        var failed = Assert.Single(await site.LeavesAsync(() => AuditSite.TrySignInAsync(visitor, SiteClinic.Lead.Email, "not the password")));
        Assert.Equal((AuditActions.SignIn.Code, AuditOutcome.Denied, SiteClinic.Lead.Id), (failed.Action, failed.Outcome, failed.Actor.Member));

        var came = Assert.Single(await site.LeavesAsync(() => site.SignInAsync(visitor, SiteClinic.Lead)));
        Assert.Equal((AuditActions.SignIn.Code, AuditOutcome.Done, SiteClinic.Lead.Id), (came.Action, came.Outcome, came.Actor.Member));

        var left = await site.LeavesAsync(() => AuditSite.PostAsync(visitor, "/help", "/sign-out", []));
        Assert.Equal((AuditActions.SignOut.Code, SiteClinic.Lead.Id), (Assert.Single(left).Action, left[0].Actor.Member));
    }

    [Fact]
    public async Task A_failure_of_an_account_that_does_not_exist_goes_to_the_platforms_chain_without_what_was_typed()
    {
        using var visitor = site.Visitor();
        var left = await site.LeavesAsync(() => AuditSite.TrySignInAsync(visitor, "nobody@example.org", "secret words"), AuditEntry.Platform);

        var entry = Assert.Single(left);
        Assert.Equal((AuditActions.SignIn.Code, AuditOutcome.Denied, "refused"), (entry.Action, entry.Outcome, entry.Detail));
        Assert.DoesNotContain("nobody", entry.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_audit_nothing_is_shown_and_typed_text_comes_back()
    {
        using var client = await site.SignInAsync(SiteClinic.Therapist);
        var form = await client.GetStringAsync(At(CoursePage + "/plan/waive/I3"));
        await site.SetAuditAsync(false);
        try
        {
            using var page = await client.GetAsync(At(CoursePage));
            var shown = await page.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
            Assert.DoesNotContain(AuditSite.ClientName, shown, StringComparison.Ordinal);
            Assert.Contains("not available at the moment", shown, StringComparison.Ordinal);

            using var posted = await AuditSite.SendAsync(client, AuditSite.TokenOf(form), CoursePage + "/plan/waive/I3",
                new Dictionary<string, string> { ["_handler"] = "course", ["which"] = "waive", ["command"] = Guid.NewGuid().ToString(), ["waive.Reason"] = "A reason typed at length" });
            Assert.Equal(HttpStatusCode.ServiceUnavailable, posted.StatusCode);
            Assert.Contains("A reason typed at length", await posted.Content.ReadAsStringAsync(), StringComparison.Ordinal);

            // Public pages and signing out go on.
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(At("/privacy"))).StatusCode);
        }
        finally
        {
            await site.SetAuditAsync(true);
        }

        await PortalSite.AwaitAsync("page after the audit came back", async () =>
        {
            using var again = await client.GetAsync(At(CoursePage));
            return again.StatusCode == HttpStatusCode.OK ? again : null;
        });
    }

    [Fact]
    public async Task The_file_holds_what_the_filter_asks_for_and_is_recorded_itself()
    {
        using var therapist = await site.SignInAsync(SiteClinic.Therapist);
        for (var i = 0; i < 3; i++) await therapist.GetStringAsync(At(CoursePage));
        using var admin = await site.SignInAsync(AuditSite.Admin);
        var file = "";
        var left = await site.LeavesAsync(async () => file = await admin.GetStringAsync(At($"/network/audit.csv?client={site.Client}&kind=Read")));

        Assert.Equal(AuditActions.AuditExport.Code, Assert.Single(left).Action);
        var expected = (await site.EntriesAsync()).Count(e => e.Clients.Contains(site.Client) && AuditActions.Find(e.Action)!.Group == AuditGroup.Read);
        var lines = file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected, lines.Length - 1);
        Assert.All(lines, l => Assert.Equal(15, l.Split("\",\"").Length));
        Assert.DoesNotContain(AuditSite.ClientName, file, StringComparison.Ordinal);
        Assert.Contains(SiteClinic.Therapist.Name, file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_admin_without_a_right_to_the_record_sees_references_and_no_names()
    {
        using var therapist = await site.SignInAsync(SiteClinic.Therapist);
        await therapist.GetStringAsync(At(CoursePage));
        using var admin = await site.SignInAsync(AuditSite.Admin);
        var list = await admin.GetStringAsync(At($"/network/audit?client={site.Client}"));
        var record = "";
        var left = await site.LeavesAsync(async () => record = await admin.GetStringAsync(At($"/network/audit/client/{site.Client}")));

        foreach (var page in new[] { list, record })
        {
            Assert.DoesNotContain(AuditSite.ClientName, page, StringComparison.Ordinal);
            Assert.Contains("Opened the course", page, StringComparison.Ordinal);
        }

        var entry = Assert.Single(left);
        Assert.Equal(AuditActions.AccessRequest.Code, entry.Action);
        Assert.Equal([site.Client], entry.Clients);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync(At($"/network/audit/client/{Guid.NewGuid()}"))).StatusCode);
    }
}
