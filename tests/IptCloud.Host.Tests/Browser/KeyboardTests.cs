using IptCloud.Domain.Time;
using Microsoft.Playwright;

namespace IptCloud.Host.Browser;

/// <summary>The session page without a mouse.</summary>
[Collection("browser"), Trait("Needs", "chromium")]
public sealed class KeyboardTests(PortalSite site) : IClassFixture<PortalSite>
{
    private const int MostStops = 80;

    [Fact]
    public async Task A_session_is_recorded_and_signed_by_keyboard_alone()
    {
        DateTime at = new(2026, 10, 6, 10, 0, 0);
        var course = await StagedCourse.StartAsync(site, SiteClinic.Therapist, "Bea", at, 1);
        site.GoTo(LocalTime.ToInstant(at, SiteClinic.Zone).AddMinutes(50));
        var desk = await Desk.SignInAsync(site, SiteClinic.Therapist);
        await desk.OpenAsync($"{course.Address}/sessions/{course.Session(0)}");

        await desk.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to main content" })).ToBeFocusedAsync();
        await IsVisiblyFocusedAsync(desk.Page);
        await desk.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();

        await TabToAsync(desk.Page, desk.Page.GetByRole(AriaRole.Radio).First);
        await desk.Page.Keyboard.PressAsync("Space");
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Radio, new() { Name = "Attended (5)" })).ToBeCheckedAsync();
        await TabToAsync(desk.Page, desk.Page.GetByRole(AriaRole.Button, new() { Name = "Record attendance" }));
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.SeesBannerAsync("Attendance recorded");

        await TabToAsync(desk.Page, desk.Page.GetByRole(AriaRole.Textbox, new() { Name = "What happened and what it means" }));
        await desk.Page.Keyboard.TypeAsync("Typed without a mouse.");
        await TabToAsync(desk.Page, desk.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Mourn the old role" }));
        await desk.Page.Keyboard.PressAsync("Space");
        await TabToAsync(desk.Page, desk.Page.GetByRole(AriaRole.Button, new() { Name = "Sign the note" }));
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.SeesBannerAsync("Note signed");
        await desk.SeesAsync("Typed without a mouse.");
    }

    /// <summary>Presses Tab until the control has the focus; each stop on the way must be seen.</summary>
    private static async Task TabToAsync(IPage page, ILocator control)
    {
        for (var stop = 0; stop < MostStops; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            await IsVisiblyFocusedAsync(page);
            if (await control.EvaluateAsync<bool>("e => e === document.activeElement")) return;
        }

        Assert.Fail($"{control} is not reached by Tab.");
    }

    private static async Task IsVisiblyFocusedAsync(IPage page)
    {
        var unseen = await page.EvaluateAsync<string?>("""
            () => {
              const e = document.activeElement, marked = x => { const s = getComputedStyle(x); return (s.outlineStyle !== 'none' && s.outlineWidth !== '0px') || s.boxShadow !== 'none'; };
              return e === document.body || marked(e) || (e.nextElementSibling && marked(e.nextElementSibling)) ? null : e.outerHTML.slice(0, 200);
            }
            """);
        Assert.Null(unseen);
    }
}
