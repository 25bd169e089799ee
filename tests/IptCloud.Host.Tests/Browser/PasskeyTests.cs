using Microsoft.Playwright;

namespace IptCloud.Host.Browser;

/// <summary>Passkeys in a real browser, with Chromium's authenticator.</summary>
[Collection("browser"), Trait("Needs", "chromium")]
public sealed class PasskeyTests(PortalSite site) : IClassFixture<PortalSite>
{
    [Fact]
    public async Task A_passkey_is_set_up_named_and_signs_in()
    {
        await site.AddPersonAsync("key@clinic.example");
        await using var context = await site.Browser.NewContextAsync(new() { BaseURL = site.Url });
        context.SetDefaultTimeout(15_000);
        Desk desk = new(site, await context.NewPageAsync());
        await desk.OpenAsync("/sign-in");
        await desk.FillAsync("E-mail address", "key@clinic.example");
        await desk.FillAsync("Password", SiteClinic.Password);
        await desk.PressAsync("Sign in");
        await desk.SeesAsync("Protect your account");

        await using var authenticator = await VirtualAuthenticator.AttachAsync(desk.Page);
        await desk.FillAsync("Name of the new passkey", "Desk in room 4");
        await desk.PressAsync("Add a passkey");
        await desk.SeesAsync("Your recovery codes");
        Assert.Equal(10, await desk.Page.Locator(".codes li").CountAsync());
        await desk.ShootAsync("recovery-codes");
        await desk.FollowAsync("I have kept them: continue");
        await desk.SeesAsync("Your account belongs to no network");

        // The browser offers it by itself, without a typed name.
        await context.ClearCookiesAsync();
        await desk.Page.GotoAsync("/sign-in?return=/account");
        await Assertions.Expect(desk.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in/network"));
        await desk.OpenAsync("/account");
        await desk.SeesAsync("Desk in room 4");
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Change Desk in room 4" }).ClickAsync();
        await desk.Page.GetByLabel("Name").FillAsync("Desk in room 5");
        await desk.PressAsync("Rename");
        await desk.SeesAsync("Desk in room 5");

        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Change Desk in room 5" }).ClickAsync();
        await desk.PressAsync("Remove this passkey");
        await desk.SeesAsync("your only second factor");
    }
}
