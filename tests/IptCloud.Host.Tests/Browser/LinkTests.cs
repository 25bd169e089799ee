using IptCloud.Domain.Time;
using Microsoft.Playwright;

namespace IptCloud.Host.Browser;

/// <summary>A client's link: looking at it changes nothing, and whatever is wrong with it the page is calm.</summary>
[Collection("browser"), Trait("Needs", "chromium")]
public sealed class LinkTests(PortalSite site) : IClassFixture<PortalSite>
{
    private static readonly DateTime first = new(2026, 10, 6, 10, 0, 0);

    [Fact]
    public async Task A_link_opens_once_in_one_browser_until_its_window_closes()
    {
        var course = await StagedCourse.StartAsync(site, SiteClinic.Therapist, "Isla", first, 2);
        site.GoTo(LocalTime.ToInstant(first.AddDays(-1), SiteClinic.Zone));
        var letter = await site.NextLetterAsync(course.Email);
        var link = Phone.LinkOf(letter);

        // What scanners of mail do.
        for (var i = 0; i < 3; i++)
        {
            await using var scanner = await Phone.TakeAsync(site);
            Assert.Equal(200, (await scanner.Page.GotoAsync(link))!.Status);
        }

        await using var phone = await Phone.TakeAsync(site);
        await phone.BeginAsync(letter);
        await phone.AnswerAsync(1, 0);
        await using var other = await Phone.TakeAsync(site);
        await IsClosedAsync(other, link);
        await IsClosedAsync(other, link + "/q/2");
        await IsClosedAsync(other, $"{site.Url}/l/not-a-link");
        await other.ShootAsync("phone-closed");

        await phone.Page.GotoAsync(link);
        await phone.Page.GetByRole(AriaRole.Link, new() { Name = "Continue" }).ClickAsync();
        for (var number = 2; number <= 9; number++) await phone.AnswerAsync(number, 0);
        // Nothing was named, so nobody is asked how difficult it made things.
        for (var number = 11; number <= 17; number++) await phone.AnswerAsync(number, 0);
        await phone.PressAsync("Send my answers");
        await phone.SeesAsync("Everything has been sent");
        foreach (var earlier in new[] { "", "/q/17", "/check" }) await IsDoneAsync(phone, link + earlier);
        await phone.ShootAsync("phone-done-again");
        await IsClosedAsync(other, link);

        site.GoTo(LocalTime.ToInstant(first.AddDays(6), SiteClinic.Zone));
        var late = Phone.LinkOf(await site.NextLetterAsync(course.Email));
        await using var slow = await Phone.TakeAsync(site);
        await slow.Page.GotoAsync(late);
        await slow.PressAsync("Start");
        await Assertions.Expect(slow.Page).ToHaveTitleAsync(Phone.TitleOf(1));
        for (var number = 1; number <= 8; number++) await slow.AnswerAsync(number, 0);
        await slow.Page.GetByRole(AriaRole.Radio).Nth(3).CheckAsync();
        site.GoTo(LocalTime.ToInstant(first.AddDays(7).AddHours(2), SiteClinic.Zone));
        await IsClosedAsync(other, late);

        // Half-way through when the time was over: nobody has read it, so it says so, and whom to call.
        await slow.PressAsync("Continue");
        await slow.SeesAsync("Your answer was not saved");
        await Assertions.Expect(slow.Page.GetByRole(AriaRole.Alert, new() { Name = "Help now" })).ToBeVisibleAsync();
        await slow.ShootAsync("phone-late");
    }

    /// <summary>"Back" after the last page.</summary>
    private static async Task IsDoneAsync(Phone phone, string link)
    {
        Assert.True((await phone.Page.GotoAsync(link))!.Ok);
        await phone.SeesAsync("Everything has been sent");
    }

    private static async Task IsClosedAsync(Phone phone, string link)
    {
        var answer = await phone.Page.GotoAsync(link);
        Assert.Equal(410, answer!.Status); // the same for every reason: nothing tells a stranger whether it was ever a link
        await phone.SeesAsync("This link cannot be opened here");
        await phone.SeesAsync("If you need help now");
    }
}
