using IptCloud.Domain.Time;
using Microsoft.Playwright;

namespace IptCloud.Host.Browser;

/// <summary>A page that nobody is at covers itself and keeps what was typed.</summary>
[Collection("browser"), Trait("Needs", "chromium")]
public sealed class IdleLockTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Fact]
    public async Task The_page_covers_itself_and_only_the_same_person_uncovers_it()
    {
        DateTime at = new(2026, 10, 6, 10, 0, 0);
        var course = await StagedCourse.StartAsync(site, SiteClinic.Therapist, "Ida", at, 1);
        site.GoTo(LocalTime.ToInstant(at, SiteClinic.Zone).AddMinutes(50));
        var desk = await Desk.SignInAsync(site, SiteClinic.Therapist);
        await desk.Page.Clock.InstallAsync();
        await desk.OpenAsync($"{course.Address}/plan/focus");
        var text = desk.Page.GetByRole(AriaRole.Textbox).First;
        await text.FillAsync("Typed before the kettle boiled.");
        var title = await desk.Page.TitleAsync();

        await desk.Page.Clock.FastForwardAsync(24 * 60_000);
        await Assertions.Expect(text).ToBeVisibleAsync();
        var ended = desk.Page.WaitForResponseAsync(r => r.Url.EndsWith("/api/lock", StringComparison.Ordinal));
        await desk.Page.Clock.FastForwardAsync(61_000);
        Assert.Equal(204, (await ended).Status);
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "This page is locked" })).ToBeVisibleAsync();
        await Assertions.Expect(desk.Page.Locator("main")).ToBeHiddenAsync();
        await Assertions.Expect(desk.Page).ToHaveTitleAsync("Locked – IptCloud");
        await desk.ShootAsync("locked");

        // Opening another tab is not enough: the sign-in has ended.
        Desk again = new(site, await desk.Page.Context.NewPageAsync());
        await again.OpenAsync("/");
        await Assertions.Expect(again.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in"));
        await again.IdentifyAsync(SiteClinic.Colleague);
        await Assertions.Expect(again.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("My day");
        await Assertions.Expect(desk.Page.GetByText("Somebody else has signed in")).ToBeVisibleAsync();
        await Assertions.Expect(desk.Page.Locator("main")).ToBeHiddenAsync();

        await again.PressAsync("Sign out");
        await again.IdentifyAsync(SiteClinic.Therapist);
        await Assertions.Expect(desk.Page.Locator("main")).ToBeVisibleAsync();
        await Assertions.Expect(text).ToHaveValueAsync("Typed before the kettle boiled.");
        await Assertions.Expect(desk.Page).ToHaveTitleAsync(title);
    }
}
