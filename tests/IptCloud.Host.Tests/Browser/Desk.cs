using Microsoft.Playwright;

namespace IptCloud.Host.Browser;

/// <summary>A member of staff at a desk with a 1280-pixel window. Finds things as people do: by their words.</summary>
public sealed class Desk(PortalSite site, IPage page)
{
    public IPage Page => page;

    public PortalSite Site => site;

    /// <summary>The address of the course at hand.</summary>
    public string Course { get; set; } = "";

    public static async Task<Desk> SignInAsync(PortalSite site, SiteMember member, int width = 1280, string lands = "My day", bool script = true)
    {
        var desk = await OpenAsync(site, width, script);
        await desk.OpenAsync("/");
        await desk.IdentifyAsync(member);
        await desk.LandsOnAsync(lands);
        return desk;
    }

    /// <summary>A browser of their own, in which nobody is signed in.</summary>
    public static async Task<Desk> OpenAsync(PortalSite site, int width = 1280, bool script = true)
    {
        var context = await site.Browser.NewContextAsync(new() { BaseURL = site.Url, Locale = "en-GB", ViewportSize = new() { Width = width, Height = 900 }, JavaScriptEnabled = script });
        context.SetDefaultTimeout(15_000);
        return new Desk(site, await context.NewPageAsync());
    }

    /// <summary>Fills in the sign-in page and the second step.</summary>
    public async Task IdentifyAsync(SiteMember member)
    {
        await EnterAsync(member.Email, SiteClinic.Password);
        await FillAsync("Code from your authenticator app", await site.CodeAsync(member));
        await PressAsync("Sign in");
    }

    /// <summary>Fills in the sign-in page.</summary>
    public async Task EnterAsync(string email, string password)
    {
        await FillAsync("E-mail address", email);
        await FillAsync("Password", password);
        await PressAsync("Sign in");
    }

    /// <summary>Gives a new account the passkey without which nothing opens.</summary>
    public async Task ProtectAsync(string lands)
    {
        await LandsOnAsync("Protect your account");
        await VirtualAuthenticator.AttachAsync(page); // for as long as the page lives
        await PressAsync("Add a passkey");
        await LandsOnAsync("Your account is protected");
        await FollowAsync("I have kept them: continue");
        await LandsOnAsync(lands);
    }

    /// <summary>Waits for a page with that heading.</summary>
    public Task LandsOnAsync(string heading) => Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);

    public async Task OpenAsync(string address)
    {
        var answer = await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        Assert.True(answer!.Ok, $"{address} answers {answer.Status}.");
    }

    /// <summary>Opens a page of the course at hand.</summary>
    public Task OpenCourseAsync(string part = "") => OpenAsync(Course + part);

    public Task FollowAsync(string link) => page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.ClickAsync();

    public Task PressAsync(string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task FillAsync(string label, string text) => page.GetByLabel(label).FillAsync(text);

    public Task SelectAsync(string label, string option) => page.GetByLabel(label).SelectOptionAsync(new SelectOptionValue { Label = option });

    /// <summary>Chooses an answer of a group, by the group's question.</summary>
    public Task ChooseAsync(string group, string answer) => Group(group).GetByLabel(answer, new() { Exact = true }).CheckAsync();

    public Task TickAsync(string label) => page.GetByLabel(label).CheckAsync();

    public async Task FillDateAsync(string legend, DateOnly date)
    {
        await Group(legend).GetByLabel("Day").FillAsync($"{date.Day}");
        await Group(legend).GetByLabel("Month").FillAsync($"{date.Month}");
        await Group(legend).GetByLabel("Year").FillAsync($"{date.Year}");
    }

    /// <summary>Waits until the page says so.</summary>
    public Task SeesAsync(string text) => Assertions.Expect(page.GetByText(text).First).ToBeVisibleAsync();

    public Task SeesBannerAsync(string title) => Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = title }).First).ToBeVisibleAsync();

    /// <summary>A picture of the whole page, where one is wanted.</summary>
    public Task ShootAsync(string name) => Shots.TakeAsync(page, name);

    private ILocator Group(string name) => page.GetByRole(AriaRole.Group, new() { Name = name });
}

/// <summary>Pictures for people to look at, in the folder that IPTCLOUD_SHOTS names.</summary>
internal static class Shots
{
    private static readonly string? folder = Environment.GetEnvironmentVariable("IPTCLOUD_SHOTS") is { Length: > 0 } f ? f : null;

    public static async Task TakeAsync(IPage page, string name)
    {
        if (folder is null) return;
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{page.ViewportSize!.Width}.png"), FullPage = true });
    }
}
