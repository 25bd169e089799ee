using System.Collections.Immutable;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using IptCloud.Contracts.Messages;
using IptCloud.Data.Access;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Homework;
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
    private static readonly DateTime first = new(2026, 10, 6, 10, 0, 0);
    private static readonly AxeRunOptions rules = new() { RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };

    private readonly HashSet<string> seen = [];
    private readonly List<string> faults = [];

    [Fact]
    public async Task Every_page_is_accessible_and_fits_a_phone()
    {
        var course = await StagedCourse.StartAsync(site, SiteClinic.Therapist, "Agnes", first, 4);
        await course.DoAsync(Someone(course));
        await course.DoAsync(new SetHomework(course.Id<HomeworkId>("task"), null, "Ring one old friend", "Choose one of them and ring for ten minutes.", DateOnly.FromDateTime(first), true));
        var (fresh, spent) = await ClientPagesAsync(course);
        await PublicPagesAsync(fresh, spent);
        await TherapistPagesAsync(course);
        await OperatorPagesAsync();

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
        await course.DoAsync(new SignNote(course.Session(1), string.Join(' ', Enumerable.Repeat("A week with little sleep, and one good walk with the neighbours.", 30)), [], []));
        await course.DoAsync(new EnterMeasure(course.Id<RequestId>("phq"), "phq-9", 1, course.Session(1), Enumerable.Range(1, 9).ToImmutableSortedDictionary(i => i, i => (int?)1)));
        var alert = Assert.Single((await course.StateAsync()).Alerts);

        var desk = await Desk.SignInAsync(site, SiteClinic.Therapist);
        foreach (var address in new[] { "/", "/my-day", "/caseload", "/courses/new", "/sign-in/network" }) await CheckAsync(desk.Page, address, address);
        await AccountPagesAsync(desk);
        await CheckAsync(desk.Page, "/clients/{ClientId}", $"/clients/{course.Client}");
        foreach (var part in new[]
        {
            "", "/homework", "/homework/new", "/inventory", "/measures/enter", "/plan", "/plan/contract", "/plan/focus", "/plan/formulation",
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

    private async Task OperatorPagesAsync()
    {
        var desk = await Desk.SignInAsync(site, SiteClinic.Operator);
        await CheckAsync(desk.Page, "/ops", "/ops");
        await CheckAsync(desk.Page, "/ops/mailbox", "/ops/mailbox");
        var letter = (await site.Services.GetRequiredService<IMailbox>().NewestAsync(1))[0];
        await CheckAsync(desk.Page, "/ops/mailbox/{Id}", $"/ops/mailbox/{letter.Id}");
    }

    /// <summary>Looks at one page at both widths. All faults are reported together at the end.</summary>
    private async Task CheckAsync(IPage page, string route, string address)
    {
        seen.Add(route);
        await page.GotoAsync(address);
        foreach (var width in new[] { 1280, 390 })
        {
            await page.SetViewportSizeAsync(width, 844);
            var result = await page.RunAxe(rules);
            faults.AddRange(result.Violations.Select(v => $"{route} at {width}: {v.Id}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
            var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
            if (over > 0) faults.Add($"{route} at {width}: {over} pixels wider than the window");
            await Shots.TakeAsync(page, "page" + route.Replace('/', '_').Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Replace(':', '_'));
        }
    }

    private static DateTimeOffset Instant(DateTime local) => LocalTime.ToInstant(local, SiteClinic.Zone);
}
