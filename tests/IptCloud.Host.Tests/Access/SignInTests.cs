using System.Net;
using IptCloud.Data.Access;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using IptCloud.Host.Browser;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Host.Access;

/// <summary>Signing in with password and code, over HTTP. Times are the system clock's, moved on.</summary>
[Collection("browser"), Trait("Needs", "chromium")]
public sealed class SignInTests(PortalSite site) : IClassFixture<PortalSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_password_alone_opens_nothing_and_a_code_works_once()
    {
        using Visitor first = new(site), second = new(site);
        var code = await site.CodeAsync(SiteClinic.Therapist);
        await first.GivePasswordAsync(SiteClinic.Therapist.Email);
        Assert.False(await first.IsInAsync());
        Assert.Equal("/", (await first.GiveCodeAsync(code)).To);
        Assert.True(await first.IsInAsync());

        await second.GivePasswordAsync(SiteClinic.Therapist.Email);
        Assert.Contains("used already", (await second.GiveCodeAsync(code)).Text, StringComparison.Ordinal);
        Assert.False(await second.IsInAsync());
        site.System.Advance(TimeSpan.FromSeconds(30));
        var next = Totp.Code(SiteClinic.Therapist.AppKey, Totp.StepOf(site.System.GetUtcNow()));
        Assert.Equal(HttpStatusCode.Redirect, (await second.GiveCodeAsync(next)).Status);
    }

    [Fact]
    public async Task Codes_two_steps_away_are_refused()
    {
        foreach (var away in new[] { -2, 2 })
        {
            using Visitor visitor = new(site);
            await site.CodeAsync(SiteClinic.Lead);
            await visitor.GivePasswordAsync(SiteClinic.Lead.Email);
            await visitor.GiveCodeAsync(Totp.Code(SiteClinic.Lead.AppKey, Totp.StepOf(site.System.GetUtcNow()) + away));
            Assert.False(await visitor.IsInAsync());
        }
    }

    [Fact]
    public async Task A_recovery_code_works_once_and_leads_to_the_account()
    {
        var code = (await site.Services.GetRequiredService<SecondFactors>().NewRecoveryCodesAsync(SiteClinic.Lead.UserId, Ct))[0];
        using Visitor first = new(site), second = new(site);
        await first.GivePasswordAsync(SiteClinic.Lead.Email);
        Assert.Equal("/account?recovered=true", (await first.SendAsync("/sign-in/code", "recovery", ("Recovery.Code", code.ToUpperInvariant()))).To);
        Assert.True(await first.IsInAsync());

        await second.GivePasswordAsync(SiteClinic.Lead.Email);
        Assert.Contains("used already", (await second.SendAsync("/sign-in/code", "recovery", ("Recovery.Code", code))).Text, StringComparison.Ordinal);
        Assert.False(await second.IsInAsync());
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_five_minutes_and_nobody_can_tell_who_has_one()
    {
        using Visitor visitor = new(site);
        var unknown = await visitor.GivePasswordAsync("nobody@clinic.example");
        var wrong = await visitor.GivePasswordAsync(SiteClinic.Colleague.Email, "not the password at all");
        Assert.Equal((unknown.Status, WordsOf(unknown)), (wrong.Status, WordsOf(wrong)));
        for (var i = 0; i < 4; i++) await visitor.GivePasswordAsync(SiteClinic.Colleague.Email, "not the password at all");

        var locked = await visitor.GivePasswordAsync(SiteClinic.Colleague.Email);
        Assert.Equal((wrong.Status, WordsOf(wrong)), (locked.Status, WordsOf(locked)));
        site.System.Advance(TimeSpan.FromMinutes(5));
        await visitor.SignInAsync(SiteClinic.Colleague);
    }

    [Fact]
    public async Task Wrong_codes_lock_as_well_and_a_right_password_between_them_does_not_start_the_count_anew()
    {
        var id = await site.AddPersonAsync("guessed@clinic.example");
        await site.Services.GetRequiredService<SecondFactors>().SetAuthenticatorAsync(id, SiteClinic.Lead.AppKey, 0, Ct);
        using Visitor visitor = new(site);
        for (var i = 0; i < 5; i++)
        {
            await visitor.GivePasswordAsync("guessed@clinic.example");
            await visitor.GiveCodeAsync("000000");
        }

        Assert.Equal("", (await visitor.GivePasswordAsync("guessed@clinic.example")).To);
    }

    [Fact]
    public async Task Too_many_attempts_get_429_but_people_known_at_the_address_go_on()
    {
        using Visitor known = new(site), guesser = new(site);
        site.System.Advance(TimeSpan.FromMinutes(5)); // a window that another test opened would close in the middle of this one
        await known.SignInAsync(SiteClinic.Operator);
        Visitor.Answer last = null!;
        for (var i = 0; i < 11; i++) last = await guesser.GivePasswordAsync("tried@clinic.example", "not the password at all");
        Assert.Equal(HttpStatusCode.TooManyRequests, last.Status);
        Assert.InRange(last.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

        for (var i = 0; i < 61; i++) last = await guesser.GivePasswordAsync($"tried{i}@clinic.example", "not the password at all");
        Assert.Equal(HttpStatusCode.TooManyRequests, last.Status);
        using Visitor again = new(site);
        await again.SignInAsync(SiteClinic.Operator);
        site.System.Advance(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Whoever_is_suspended_is_told_so_at_once_and_may_still_accept_another_networks_invitation()
    {
        const string email = "between@clinic.example", invitation = "/t/invitation/of-another-network";
        var user = await site.AddPersonAsync(email);
        await site.Services.GetRequiredService<SecondFactors>().SetAuthenticatorAsync(user, SiteClinic.Therapist.AppKey, 0, Ct);

        async Task<string> SignInAsync(string to)
        {
            site.System.Advance(TimeSpan.FromSeconds(31)); // a code works once
            using Visitor visitor = new(site);
            var page = "/sign-in" + (to == "/" ? "" : "?return=" + Uri.EscapeDataString(to));
            var code = (await visitor.SendAsync(page, "sign-in", ("Form.Email", email), ("Form.Password", SiteClinic.Password))).To;
            return (await visitor.SendAsync(code, "code", ("Form.Code", Totp.Code(SiteClinic.Therapist.AppKey, Totp.StepOf(site.System.GetUtcNow()))))).To;
        }

        Assert.Equal(invitation, await SignInAsync(invitation));
        await using (var db = site.Services.GetRequiredService<Databases>().Make(DatabaseRole.App, SiteClinic.NetworkId))
        {
            var member = MemberId.From(Guid.NewGuid());
            db.Members.Add(new() { NetworkId = SiteClinic.NetworkId, MemberId = member, UserId = user, Name = "Bea Tween", Email = email, Roles = Roles.Therapist, SuspendedAt = site.System.GetUtcNow() });
            db.Memberships.Add(new() { NetworkId = SiteClinic.NetworkId, MemberId = member, UserId = user });
            await db.SaveChangesAsync(Ct);
        }

        Assert.Equal("/sign-in?suspended=true", await SignInAsync("/"));
        Assert.Equal(invitation, await SignInAsync(invitation));
    }

    [Fact]
    public async Task Without_a_second_factor_only_the_set_up_opens_and_an_app_completes_it()
    {
        await site.AddPersonAsync("new@clinic.example");
        using Visitor visitor = new(site);
        Assert.Equal("/account/set-up", (await visitor.GivePasswordAsync("new@clinic.example")).To);
        foreach (var page in new[] { "/", "/caseload", "/account", "/account/sessions", "/sign-in/network" }) Assert.Equal("/account/set-up", (await visitor.GetAsync(page)).To);

        var page1 = await visitor.GetAsync("/account/authenticator");
        var sealedKey = page1.Text.Split("name=\"Form.Key\" value=\"")[1].Split('"')[0];
        var key = FromBase32(page1.Text.Split("type the key: <code>")[1].Split('<')[0].Replace(" ", "", StringComparison.Ordinal));
        var wrong = await visitor.PostAsync("/account/authenticator", page1.Token, "app", ("Form.Key", sealedKey), ("Form.Code", "000000"));
        Assert.Contains("does not fit", wrong.Text, StringComparison.Ordinal);
        var done = await visitor.PostAsync("/account/authenticator", page1.Token, "app", ("Form.Key", sealedKey), ("Form.Code", Totp.Code(key, Totp.StepOf(site.System.GetUtcNow()))));
        Assert.Contains("Your recovery codes", done.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/account")).Status);
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_letter_once_and_every_sign_in_ends()
    {
        using Visitor signedIn = await new Visitor(site).SignInAsync(SiteClinic.Colleague), visitor = new(site);
        var unknown = await visitor.SendAsync("/sign-in/forgot", "forgot", ("Form.Email", "nobody@clinic.example"));
        var sent = await visitor.SendAsync("/sign-in/forgot", "forgot", ("Form.Email", SiteClinic.Colleague.Email));
        Assert.Equal((unknown.Status, unknown.To), (sent.Status, sent.To));
        var letter = await site.NextLetterAsync(SiteClinic.Colleague.Email);
        var link = "/t/reset/" + letter.Text.Split("/t/reset/")[1].Split('\n')[0].Trim();

        for (var look = 0; look < 3; look++) Assert.Contains("Set the password", (await visitor.GetAsync(link)).Text, StringComparison.Ordinal);
        var page = await visitor.GetAsync(link);
        Assert.Contains("at least 12", (await visitor.PostAsync(link, page.Token, "reset", ("Form.Password", "short"))).Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Too easy to guess", (await visitor.PostAsync(link, page.Token, "reset", ("Form.Password", "Password123456!"))).Text, StringComparison.Ordinal);
        Assert.Equal("/sign-in?reset=true", (await visitor.PostAsync(link, page.Token, "reset", ("Form.Password", "another long enough one"))).To);
        Assert.Contains("does not work any more", (await visitor.PostAsync(link, page.Token, "reset", ("Form.Password", "a third long enough one"))).Text, StringComparison.Ordinal);

        site.System.Advance(TimeSpan.FromSeconds(61));
        Assert.False(await signedIn.IsInAsync());
        Assert.Equal("", (await visitor.GivePasswordAsync(SiteClinic.Colleague.Email)).To);
        await visitor.SignInAsync(SiteClinic.Colleague, "another long enough one");
        Assert.Contains("was changed", (await site.NextLetterAsync(SiteClinic.Colleague.Email)).Text, StringComparison.Ordinal);

        // As it was, for the tests after this one.
        Assert.Equal("/account?done=password", (await visitor.SendAsync("/account/password", "password", ("Form.OldPassword", "another long enough one"), ("Form.Password", SiteClinic.Password))).To);
    }

    [Fact]
    public async Task A_sign_in_ended_elsewhere_is_out_within_a_minute()
    {
        using Visitor here = await new Visitor(site).SignInAsync(SiteClinic.Therapist), there = await new Visitor(site).SignInAsync(SiteClinic.Therapist);
        Assert.Contains("Sign out everywhere else", (await here.GetAsync("/account/sessions")).Text, StringComparison.Ordinal);
        await here.SendAsync("/account/sessions", "end", ("Form.Session", "others"));

        site.System.Advance(TimeSpan.FromSeconds(61));
        Assert.False(await there.IsInAsync());
        Assert.True(await here.IsInAsync());
    }

    [Fact]
    public async Task A_suspended_person_is_out_within_a_minute()
    {
        using var visitor = await new Visitor(site).SignInAsync(SiteClinic.Therapist);
        await site.Services.GetRequiredService<StaffSessions>().EndAllAsync(SiteClinic.Therapist.UserId, SiteClinic.NetworkId, Ct);
        site.System.Advance(TimeSpan.FromSeconds(61));
        Assert.False(await visitor.IsInAsync());
    }

    [Fact]
    public async Task A_sign_in_ends_after_half_an_hour_idle_and_changes_need_a_fresh_one()
    {
        using var visitor = await new Visitor(site).SignInAsync(SiteClinic.Therapist);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/account/password")).Status);
        site.System.Advance(TimeSpan.FromMinutes(10));
        Assert.True(await visitor.IsInAsync());
        Assert.StartsWith("/sign-in?again=true", (await visitor.GetAsync("/account/password")).To, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in?again=true", (await visitor.GetAsync("/account/authenticator")).To, StringComparison.Ordinal);

        site.System.Advance(TimeSpan.FromMinutes(31));
        Assert.False(await visitor.IsInAsync());
    }

    [Fact]
    public async Task Signing_out_ends_the_sign_in_for_a_copied_cookie_too()
    {
        using var visitor = await new Visitor(site).SignInAsync(SiteClinic.Therapist);
        var before = (await site.Services.GetRequiredService<StaffSessions>().ListAsync(SiteClinic.Therapist.UserId, Ct)).Length;
        await visitor.SendAsync("/account/sessions", "none");
        var token = (await visitor.GetAsync("/account/sessions")).Token;
        Assert.Equal("/sign-in?out=true", (await visitor.PostAsync("/sign-out", token, "")).To);
        Assert.Equal(before - 1, (await site.Services.GetRequiredService<StaffSessions>().ListAsync(SiteClinic.Therapist.UserId, Ct)).Length);
    }

    private static string WordsOf(Visitor.Answer answer) => answer.Text.Split("class=\"error-summary\"")[1].Split("</ul>")[0];

    private static byte[] FromBase32(string text)
    {
        List<byte> bytes = [];
        int bits = 0, held = 0;
        foreach (var c in text)
        {
            (bits, held) = ((bits << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), held + 5);
            if (held < 8) continue;
            bytes.Add((byte)(bits >> (held -= 8)));
            bits &= (1 << held) - 1;
        }

        return [.. bytes];
    }
}
