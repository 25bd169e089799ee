using Microsoft.Playwright;

namespace IptCloud.Host.Browser;

/// <summary>A network comes on board by itself, from nothing to the first booked session. What is typed or pressed counts; a page by itself asks for nothing.</summary>
[Collection("browser"), Trait("Needs", "chromium")]
public sealed class OnboardingTests(PortalSite site) : IClassFixture<PortalSite>
{
    private const int Most = 25;

    [Fact]
    public async Task From_sign_up_to_the_first_booked_session_takes_no_more_than_25_interactions()
    {
        var desk = await Desk.OpenAsync(site);
        List<string> steps = [];
        async Task PageAsync(string heading)
        {
            await desk.LandsOnAsync(heading);
            await desk.ShootAsync($"onboarding-{steps.Count:00}");
        }

        async Task TypeAsync(string label, string text, bool exact = false)
        {
            await desk.Page.GetByLabel(label, new() { Exact = exact }).FillAsync(text);
            steps.Add($"field  {label}");
        }

        async Task ClickAsync(string button)
        {
            await desk.PressAsync(button);
            steps.Add($"click  {button}");
        }

        await desk.OpenAsync("/sign-up");
        await PageAsync("Set up a new network");
        await TypeAsync("Name of your network or practice", "Harrow Lane Practice");
        await TypeAsync("Your name", "Dr Noor Haddad");
        await TypeAsync("Your work e-mail address", "noor@harrow.example");
        await TypeAsync("Password", "seven green bottles on a wall");
        await ClickAsync("Continue");
        await desk.LandsOnAsync("Look into your mailbox");
        await desk.OpenAsync(await StaffLetter.LinkAsync(site, "noor@harrow.example"));
        await PageAsync("Confirm your e-mail address");
        await ClickAsync("Confirm and go on");
        await desk.ProtectAsync("Set up your network");
        steps.AddRange(["click  Add a passkey", "click  the device’s own PIN or finger", "click  I have kept them: continue"]);
        // A checkout opened now would charge at once and take the trial away.
        await desk.OpenAsync("/network/plan");
        await desk.SeesAsync("the trial begins then");
        Assert.Equal(0, await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Subscribe" }).CountAsync());
        await desk.OpenAsync("/network/set-up");
        await TypeAsync("Clinic’s name", "Harrow Lane");
        await TypeAsync("Phone number clients may call", "020 7946 0188");
        await ClickAsync("Save and start the trial");
        await PageAsync("My day");
        await desk.SeesBannerAsync("Your network is set up");
        await desk.FollowAsync("Refer the first client");
        steps.Add("click  Refer the first client");
        await PageAsync("Refer a client");
        await TypeAsync("Given name", "Ada");
        await TypeAsync("Reason for referral", "Asks for help after a bereavement.");
        await ClickAsync("Refer to myself and start now");
        await PageAsync("Book sessions");
        await desk.FillDateAsync("First session", new(2026, 10, 7));
        steps.AddRange(["field  First session: day", "field  First session: month", "field  First session: year"]);
        await TypeAsync("Starts at (Europe/London)", "10:00");
        await ClickAsync("Book");
        await desk.SeesBannerAsync("Sessions booked");
        await PageAsync("Sessions");

        TestContext.Current.TestOutputHelper?.WriteLine($"{steps.Count} interactions:\n{string.Join('\n', steps.Select((s, i) => $"{i + 1,2} {s}"))}");
        Assert.True(steps.Count <= Most, $"{steps.Count} interactions:\n{string.Join('\n', steps)}");

        // What is left to do stays until it is done.
        await desk.OpenAsync("/my-day");
        Assert.Equal(0, await desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Set-up", Exact = true }).CountAsync());
    }

    [Fact]
    public async Task Without_a_therapist_the_checklist_stays_and_says_what_comes_next()
    {
        var desk = await Desk.OpenAsync(site);
        await SignUpAsync(desk, "Nettle Street", "ines@nettle.example");
        await desk.OpenAsync(await StaffLetter.LinkAsync(site, "ines@nettle.example"));
        await desk.PressAsync("Confirm and go on");
        await desk.ProtectAsync("Set up your network");
        await desk.FillAsync("Clinic’s name", "Nettle Street Therapy Rooms");
        await desk.FillAsync("Phone number clients may call", "020 7946 0177");
        await desk.Page.GetByLabel("I see clients here myself").UncheckAsync();
        await desk.FillAsync("Invite the first therapists", "rafa@nettle.example Rafa Costa");
        await desk.PressAsync("Save and start the trial");
        await desk.SeesAsync("tells what kind of service it is");
        await Assertions.Expect(desk.Page.GetByLabel("Invite the first therapists")).ToHaveValueAsync("rafa@nettle.example Rafa Costa");
        await desk.Page.GetByLabel("Neutral name on messages").PressSequentiallyAsync("Therapy");
        await desk.SeesAsync("“Therapy” tells");
        await desk.Page.GetByLabel("Neutral name on messages").FillAsync("Nettle Street");
        await desk.SeesAsync("This name tells nothing");
        await desk.SelectAsync("Country", "Germany");
        await desk.PressAsync("Use this country’s zone and help lines");
        await Assertions.Expect(desk.Page.GetByLabel("Time zone")).ToHaveValueAsync("Europe/Berlin");
        // Overlooked: the lines of Germany would be shown to clients in New York.
        await desk.SelectAsync("Country", "United States");
        await desk.PressAsync("Save and start the trial");
        await desk.SeesAsync("They are those of United States now");
        await Assertions.Expect(desk.Page.GetByLabel("Time zone")).ToHaveValueAsync("America/New_York");
        await Assertions.Expect(desk.Page.GetByLabel("Where clients find help at once")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("988"));
        await desk.PressAsync("Save and start the trial");
        await desk.LandsOnAsync("My day");
        await desk.SeesAsync("1 invitation sent, none accepted yet");
        await desk.SeesAsync("Name a duty lead for each clinic");
        await desk.ShootAsync("checklist");

        var rafa = await Desk.OpenAsync(site);
        await rafa.OpenAsync(await StaffLetter.LinkAsync(site, "rafa@nettle.example"));
        await rafa.LandsOnAsync("Join Nettle Street");
        await rafa.FillAsync("Choose a password", "six brown bottles on a wall");
        await rafa.PressAsync("Create the account and join");
        await rafa.ProtectAsync("My day");
        await rafa.SeesBannerAsync("You have joined the network");
        await desk.OpenAsync("/my-day");
        Assert.Equal(0, await desk.Page.GetByText("none accepted yet").CountAsync());
    }

    [Fact]
    public async Task The_answer_is_the_same_for_a_known_address_and_nobody_is_made_before_it_is_confirmed()
    {
        var known = await Desk.OpenAsync(site);
        await SignUpAsync(known, "Copycat", SiteClinic.Owner.Email);
        var page = await known.Page.InnerTextAsync("main");
        var unknown = await Desk.OpenAsync(site);
        await SignUpAsync(unknown, "Copycat", "nobody.yet@copycat.example");
        Assert.Equal(page, await unknown.Page.InnerTextAsync("main"));

        // A scanner looks at the link; nothing happens, and it still opens. In another browser the password is asked for.
        var link = await StaffLetter.LinkAsync(site, "nobody.yet@copycat.example");
        var elsewhere = await Desk.OpenAsync(site);
        for (var i = 0; i < 3; i++) await elsewhere.OpenAsync(link);
        await elsewhere.FillAsync("The password you chose", "somebody else’s password");
        await elsewhere.PressAsync("Confirm and go on");
        await elsewhere.SeesAsync("This is not the password you chose");
        await unknown.OpenAsync(link);
        await unknown.PressAsync("Confirm and go on");
        await unknown.LandsOnAsync("Protect your account");
        await elsewhere.OpenAsync(link);
        await elsewhere.LandsOnAsync("This link opens nothing any more");

        // The owner of the known address is told to sign in; the network is then theirs as well.
        var second = await StaffLetter.LinkAsync(site, SiteClinic.Owner.Email);
        await known.OpenAsync(second);
        await known.LandsOnAsync("You have an account already");
        await known.FollowAsync("Sign in");
        await known.IdentifyAsync(SiteClinic.Owner);
        await known.LandsOnAsync("Confirm your e-mail address");
    }

    private static async Task SignUpAsync(Desk desk, string network, string email)
    {
        await desk.OpenAsync("/sign-up");
        await desk.FillAsync("Name of your network or practice", network);
        await desk.FillAsync("Your name", "Ines Moreau");
        await desk.FillAsync("Your work e-mail address", email);
        await desk.FillAsync("Password", "seven green bottles on a wall");
        await desk.PressAsync("Continue");
        await desk.LandsOnAsync("Look into your mailbox");
    }
}
