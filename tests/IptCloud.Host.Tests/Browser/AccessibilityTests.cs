using System.Collections.Immutable;
using Deque.AxeCore.Commons;
using IptCloud.Contracts.Messages;
using IptCloud.Data.Access;
using IptCloud.Data.Audit;
using IptCloud.Data.Sessions;
using IptCloud.Data.Storage;
using IptCloud.Domain.Contacts;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Inventory;
using IptCloud.Domain.Sessions;
using IptCloud.Domain.Time;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace IptCloud.Host.Browser;

/// <summary>Every page there is, wide and narrow: nothing for axe to find, nothing to scroll sideways for.</summary>
[Collection("browser"), Trait("Needs", "chromium")]
public sealed class AccessibilityTests(PortalSite site) : IClassFixture<PortalSite>
{
    private const string Client = "Agnes";
    private static readonly DateTime first = new(2026, 10, 6, 10, 0, 0);
    private static readonly string axe = new BundledAxeScriptProvider().GetScript();
    private static readonly string[] rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

    private readonly HashSet<string> seen = [];
    private readonly List<string> faults = [];

    [Fact]
    public async Task Every_page_is_accessible_and_fits_a_phone()
    {
        var course = await StagedCourse.StartAsync(site, SiteClinic.Therapist, Client, first, 4);
        await course.DoAsync(Someone(course));
        await course.DoAsync(new RecordPerson(new(course.Id<PersonId>("father"), "Dad (d. March)", "father", 1, 1, RelationQuality.Lost, null, "", ""), null));
        await course.DoAsync(new SetHomework(course.Id<HomeworkId>("task"), null, "Ring one old friend", "Choose one of them and ring for ten minutes.", DateOnly.FromDateTime(first), true));
        var (fresh, spent) = await ClientPagesAsync(course);
        await PublicPagesAsync(fresh, spent);
        await TherapistPagesAsync(course);
        await OperatorPagesAsync();
        await AdminPagesAsync(course);
        await NetworkPagesAsync(course);

        var routes = site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null).Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'));
        Assert.Equal(routes.Distinct().Order(), seen.Order());
        Assert.Empty(faults);
    }

    private static RecordPerson Someone(StagedCourse course) =>
        new(new(course.Id<PersonId>("sister"), "K., her eldest sister", "sister", 1, 2, RelationQuality.Conflict, null, "That she calls; that she is asked first.", ""), null);

    /// <summary>The reminder with both measures and the task, and the offer of another time after a miss.</summary>
    private async Task<(MailboxLetter Fresh, MailboxLetter Spent)> ClientPagesAsync(StagedCourse course)
    {
        site.GoTo(Instant(first.AddDays(-1)));
        var letter = await site.NextLetterAsync(course.Email);
        await using var phone = await Phone.TakeAsync(site);
        var link = new Uri(Phone.LinkOf(letter)).AbsolutePath;
        await CheckAsync(phone.Page, "/l/{Token}", link);
        await phone.BeginAsync(letter);
        await CheckAsync(phone.Page, "/l/{Token}/q/{Number:int}", $"{link}/q/9");
        await CheckAsync(phone.Page, "/l/{Token}/check", $"{link}/check");
        await CheckAsync(phone.Page, "/l/{Token}/task/{Number:int}", $"{link}/task/1");

        site.GoTo(Instant(first).AddMinutes(50));
        await course.DoAsync(new RecordAttendance(course.Session(0), AttendanceCode.DidNotAttend, "", null));
        var missed = await site.NextLetterAsync(course.Email);
        var again = new Uri(Phone.LinkOf(missed)).AbsolutePath;
        await phone.BeginAsync(missed);
        await CheckAsync(phone.Page, "/l/{Token}/time", $"{again}/time");
        await phone.PressAsync("Please offer me another time");
        await phone.SeesAsync("Thank you");
        await CheckAsync(phone.Page, "/l/{Token}/done", $"{again}/done");
        return (letter, missed);
    }

    private async Task PublicPagesAsync(MailboxLetter fresh, MailboxLetter spent)
    {
        await using var context = await site.Browser.NewContextAsync(new() { BaseURL = site.Url });
        var page = await context.NewPageAsync();
        foreach (var address in new[] { "/sign-in", "/sign-in/forgot", "/accessibility", "/privacy", "/help" }) await CheckAsync(page, address, address);
        await CheckAsync(page, "/errors/{Code:int}", "/errors/404");
        await CheckAsync(page, "/t/reset/{Token}", "/t/reset/" + await ResetTokenAsync());
        await CheckAsync(page, "/t/reset/{Token}", "/t/reset/unknown");
        foreach (var link in new[] { Phone.LinkOf(fresh), Phone.LinkOf(spent), site.Url + "/l/unknown" }) await CheckAsync(page, "/l/{Token}", link);
    }

    private async Task<string> ResetTokenAsync()
    {
        await using (var db = await site.Services.GetRequiredService<Databases>().WriteAsync(DatabaseRole.Directory))
            await site.Services.GetRequiredService<StaffLetters>().QueueAsync(db, LetterPurpose.Reset, SiteClinic.Colleague.Email, SiteClinic.Colleague.UserId);
        var letter = await site.NextLetterAsync(SiteClinic.Colleague.Email);
        return letter.Text.Split("/t/reset/")[1].Split('\n')[0].Trim();
    }

    /// <summary>The second step, and what people see of their own sign-in; somebody without a second factor sees the set-up.</summary>
    private async Task AccountPagesAsync(Desk desk)
    {
        await using var authenticator = await VirtualAuthenticator.AttachAsync(desk.Page);
        await desk.OpenAsync("/account");
        await desk.PressAsync("Add a passkey");
        await desk.SeesAsync("Your recovery codes");
        await CheckAsync(desk.Page, "/account", "/account");
        var passkey = await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Change" }).Last.GetAttributeAsync("href");
        await CheckAsync(desk.Page, "/account/passkeys/{Id}", passkey!);
        foreach (var address in new[] { "/account/authenticator", "/account/recovery-codes", "/account/password", "/account/sessions" }) await CheckAsync(desk.Page, address, address);

        await using var context = await site.Browser.NewContextAsync(new() { BaseURL = site.Url });
        var other = new Desk(site, await context.NewPageAsync());
        await other.OpenAsync("/sign-in");
        await other.FillAsync("E-mail address", SiteClinic.Colleague.Email);
        await other.FillAsync("Password", SiteClinic.Password);
        await other.PressAsync("Sign in");
        await other.SeesAsync("Code from your authenticator app");
        await CheckAsync(other.Page, "/sign-in/code", "/sign-in/code");

        await site.AddPersonAsync("fresh@clinic.example");
        await other.OpenAsync("/sign-in");
        await other.FillAsync("E-mail address", "fresh@clinic.example");
        await other.FillAsync("Password", SiteClinic.Password);
        await other.PressAsync("Sign in");
        await other.SeesAsync("Protect your account");
        await CheckAsync(other.Page, "/account/set-up", "/account/set-up");
    }

    private async Task TherapistPagesAsync(StagedCourse course)
    {
        site.GoTo(Instant(first.AddDays(7)).AddMinutes(50));
        await course.AttendAsync(1);
        // Typed in another tab than the text that is signed.
        await site.Services.GetRequiredService<NoteDrafts>().SaveAsync(course.Key.Network, course.Key.Course, course.Session(1), SiteClinic.Therapist.Id, new("She rang her sister on Sunday.", "", 0, 0), site.Now);
        await course.DoAsync(new SignNote(course.Session(1), string.Join(' ', Enumerable.Repeat("A week with little sleep, and one good walk with the neighbours.", 30)), [], []));
        await course.DoAsync(new RecordContact(course.Id<ContactId>("call"), ContactParty.CloseToClient, ContactWay.Telephone, first.AddDays(1), string.Join(' ', Enumerable.Repeat("Her sister rang, worried about the missed session.", 12))));
        await course.DoAsync(new EnterMeasure(course.Id<RequestId>("phq"), "phq-9", 1, course.Session(1), Enumerable.Range(1, 9).ToImmutableSortedDictionary(i => i, i => (int?)3)));
        var alert = Assert.Single((await course.StateAsync()).Alerts);

        var desk = await Desk.SignInAsync(site, SiteClinic.Therapist);
        foreach (var address in new[] { "/", "/my-day", "/caseload", "/courses/new", "/sign-in/network" }) await CheckAsync(desk.Page, address, address);
        await AccountPagesAsync(desk);
        await CheckAsync(desk.Page, "/clients/{ClientId}", $"/clients/{course.Client}");
        foreach (var part in new[]
        {
            "", "/contacts", "/contacts/new", "/homework", "/homework/new", "/inventory", "/measures/enter", "/plan", "/plan/contract", "/plan/focus", "/plan/formulation",
            "/sessions", "/sessions/book", "/status", "/status/end", "/status/hold", "/status/transfer",
        }) await CheckAsync(desk.Page, "/courses/{Id}" + part, course.Address + part);
        await CheckAsync(desk.Page, "/courses/{Id}/plan/waive/{Code}", $"{course.Address}/plan/waive/I3");
        await CheckAsync(desk.Page, "/courses/{Id}/alerts/{AlertId}", $"{course.Address}/alerts/{alert.Id}");
        await CheckAsync(desk.Page, "/courses/{Id}/measures/{RequestId}", $"{course.Address}/measures/{alert.Request}");
        foreach (var person in new[] { "new", $"{course.Id<PersonId>("sister")}" }) await CheckAsync(desk.Page, "/courses/{Id}/inventory/{PersonId}", $"{course.Address}/inventory/{person}");
        await CheckAsync(desk.Page, "/courses/{Id}/follow-ups/{SessionId}", $"{course.Address}/follow-ups/{course.Session(0)}");
        foreach (var session in new[] { 1, 2 }) await CheckAsync(desk.Page, "/courses/{Id}/sessions/{SessionId}", $"{course.Address}/sessions/{course.Session(session)}");
        await CheckAsync(desk.Page, "/courses/{Id}/sessions/{SessionId}/attendance", $"{course.Address}/sessions/{course.Session(0)}/attendance");
        await CheckAsync(desk.Page, "/courses/{Id}/sessions/{SessionId}/move", $"{course.Address}/sessions/{course.Session(2)}/move");
    }

    private async Task NetworkPagesAsync(StagedCourse course)
    {
        var owner = await Desk.SignInAsync(site, SiteClinic.Owner);
        await owner.OpenAsync("/network/people/invite");
        await owner.FillAsync("E-mail address", "new.therapist@clinic.example");
        await owner.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Bartholomew Featherstonehaugh-Williams");
        await owner.TickAsync("Therapist: runs courses of their own");
        await owner.PressAsync("Send the invitation");
        foreach (var address in new[] { "/network", "/network/roles", "/network/people", "/network/people/invite", "/network/clinics", "/network/clinics/new", "/network/protocol", "/network/plan", "/network/plan/seats", "/network/plan/cancel", "/network/plan/tax" }) await CheckAsync(owner.Page, address, address);
        await CheckAsync(owner.Page, "/network/clinics/{Id}", $"/network/clinics/{SiteClinic.ClinicId}");
        foreach (var part in new[] { "", "/caseload", "/deputy" }) await CheckAsync(owner.Page, "/network/people/{Id}" + part, $"/network/people/{SiteClinic.Therapist.Id}{part}");
        var link = await StaffLetter.LinkAsync(site, "new.therapist@clinic.example");
        await CheckAsync(owner.Page, "/t/invitation/{Token}", link);

        var guest = await Desk.OpenAsync(site);
        await CheckAsync(guest.Page, "/t/invitation/{Token}", link);
        await guest.OpenAsync("/sign-up");
        await guest.PressAsync("Continue");
        await CheckAsync(guest.Page, "/sign-up", null);
        await guest.FillAsync("Name of your network or practice", "Elder Row");
        await guest.FillAsync("Your name", "Ines Moreau");
        await guest.FillAsync("Your work e-mail address", "ines@elder.example");
        await guest.FillAsync("Password", "seven green bottles on a wall");
        await guest.PressAsync("Continue");
        await guest.LandsOnAsync("Look into your mailbox");
        await CheckAsync(guest.Page, "/sign-up/sent", "/sign-up/sent");
        await CheckAsync(guest.Page, "/t/sign-up/{Token}", await StaffLetter.LinkAsync(site, "ines@elder.example"));
        await guest.PressAsync("Confirm and go on");
        await guest.ProtectAsync("Set up your network");
        await CheckAsync(guest.Page, "/network/set-up", "/network/set-up");
        await CheckAsync(guest.Page, "/my-day", "/my-day");

        var scheduler = await Desk.SignInAsync(site, SiteClinic.Scheduler, lands: "Diary");
        await CheckAsync(scheduler.Page, "/diary", "/diary");
        await CheckAsync(scheduler.Page, "/diary/{Id}", $"/diary/{course.Key.Course}?session={course.Session(2)}");
    }

    private async Task OperatorPagesAsync()
    {
        var desk = await Desk.SignInAsync(site, SiteClinic.Operator, lands: "Ops");
        await CheckAsync(desk.Page, "/ops", "/ops");
        await CheckAsync(desk.Page, "/ops/billing", "/ops/billing");
        await CheckAsync(desk.Page, "/ops/promises", "/ops/promises");
        await CheckAsync(desk.Page, "/ops/mailbox", "/ops/mailbox");
        var letter = (await site.Services.GetRequiredService<IMailbox>().NewestAsync(1))[0];
        await CheckAsync(desk.Page, "/ops/mailbox/{Id}", $"/ops/mailbox/{letter.Id}");
    }

    private async Task AdminPagesAsync(StagedCourse course)
    {
        var admin = new SiteMember("ada", "Ada Marsh", Domain.Networks.Roles.Admin | Domain.Networks.Roles.Supervisor);
        await SiteClinic.PlantAsync(site.Services, admin);
        var desk = await Desk.SignInAsync(site, admin);
        await CheckAsync(desk.Page, "/network/audit", "/network/audit?client=no%20reference&until.Day=31&until.Month=2&until.Year=2026");
        await CheckAsync(desk.Page, "/network/audit", "/network/audit?kind=Keys");
        await CheckAsync(desk.Page, "/network/audit", "/network/audit");
        await CheckAsync(desk.Page, "/network/audit/client/{ClientId}", $"/network/audit/client/{course.Client}");
    }

    /// <summary>Looks at one page at both widths; at the one that is open if no address is given. All faults are reported together at the end.</summary>
    private async Task CheckAsync(IPage page, string route, string? address)
    {
        seen.Add(route);
        var latest = await LatestAsync();
        if (address is not null) await page.GotoAsync(address);
        // Whatever page it is: if it shows a client, the audit says who saw whom.
        if ((await page.ContentAsync()).Contains(Client, StringComparison.Ordinal) && !await LeftEntryAsync(route, latest)) faults.Add($"{route} shows a client and leaves no entry in the audit");
        // Loaded once for both widths, and run in the page: axe's own way opens another page for each run and takes much longer.
        await page.EvaluateAsync(axe);
        foreach (var width in new[] { 1280, 390 })
        {
            await page.SetViewportSizeAsync(width, 844);
            var violations = await page.EvaluateAsync<string[]>("""
                async tags => (await axe.run({ runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })).violations
                  .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html).join(' | ')}`)
                """, rules);
            faults.AddRange(violations.Select(v => $"{route} at {width}: {v}"));
            var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
            if (over > 0) faults.Add($"{route} at {width}: {over} pixels wider than the window");
            await Shots.TakeAsync(page, "page" + route.Replace('/', '_').Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Replace(':', '_'));
        }
    }

    private async Task<Guid?> LatestAsync() => (await site.Services.GetRequiredService<AuditTrail>().PageAsync(SiteClinic.NetworkId, new(), null, 1)).Entries.FirstOrDefault()?.Id;

    private async Task<bool> LeftEntryAsync(string route, Guid? latest)
    {
        var entries = (await site.Services.GetRequiredService<AuditTrail>().PageAsync(SiteClinic.NetworkId, new(), null, 50)).Entries.TakeWhile(e => e.Id != latest);
        return entries.Any(e => "/" + e.Detail == route && e.Clients.Contains(TypedId.Derive<ClientId>(SiteClinic.Root, "client/" + Client)));
    }

    private static DateTimeOffset Instant(DateTime local) => LocalTime.ToInstant(local, SiteClinic.Zone);
}
