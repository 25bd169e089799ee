using System.Net;
using System.Text.Json;
using IptCloud.Data.Billing;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Billing;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using IptCloud.Host.Access;
using IptCloud.Host.Billing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace IptCloud.Host.Browser;

/// <summary>An owner at the checkout and with the plan: however often something is pressed, the network pays once.</summary>
[Collection("browser"), Trait("Needs", "chromium")]
public sealed class BillingTests(PortalSite site) : IClassFixture<PortalSite>
{
    private static readonly NetworkId unpaid = TypedId.Derive<NetworkId>(SiteClinic.Root, "unpaid network");

    /// <summary>Somebody of that network alone: a second network of the other tests' owner would have to be chosen at every sign-in.</summary>
    private static readonly SiteMember unpaidOwner = new("edith", "Edith Vane", Roles.Owner | Roles.Admin);

    [Fact]
    public async Task Double_click_second_tab_back_button_and_a_closed_browser_make_one_subscription_that_seats_then_follow()
    {
        // A browser that is closed in the middle of the checkout.
        var first = await Desk.SignInAsync(site, SiteClinic.Owner);
        await first.OpenAsync("/network/plan");
        await first.SeesAsync("Simulated billing: no money moves");
        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Subscribe" }).DblClickAsync();
        await first.LandsOnAsync("Subscribe");
        var checkout = first.Page.Url;
        await first.Page.Context.CloseAsync();

        // Another one goes on where that one was, in two tabs.
        var owner = await Desk.SignInAsync(site, SiteClinic.Owner);
        Desk tab = new(site, await owner.Page.Context.NewPageAsync());
        foreach (var desk in new[] { owner, tab })
        {
            await desk.OpenAsync("/network/plan");
            await desk.PressAsync("Subscribe");
            await desk.LandsOnAsync("Subscribe");
            Assert.Equal(checkout, desk.Page.Url);
        }

        await owner.PressAsync("Pay with a card that is declined");
        await owner.SeesAsync("Your card was declined");
        await owner.PressAsync("Pay with working card");
        await owner.LandsOnAsync("Plan and seats");
        await tab.PressAsync("Pay with working card");
        await tab.LandsOnAsync("Plan and seats");
        await tab.Page.GoBackAsync();
        await tab.Page.ReloadAsync();
        await tab.SeesAsync("Nothing can be paid twice");
        Assert.Equal(1, await LiveAsync());

        await owner.OpenAsync("/network/plan");
        await owner.SeesAsync("Active");
        await owner.ShootAsync("plan");
        Assert.Equal(0, await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Subscribe" }).CountAsync());

        await ChangeSeatsByKeyboardAsync(owner);
        await CancelAndKeepAsync(owner);
        Assert.Equal(1, await LiveAsync());
    }

    [Fact]
    public async Task A_first_payment_that_never_came_leaves_the_pages_of_billing_and_the_account()
    {
        await FoundUnpaidAsync();
        using Visitor visitor = new(site);
        await visitor.GivePasswordAsync(unpaidOwner.Email);
        await visitor.GiveCodeAsync(await site.CodeAsync(unpaidOwner));

        foreach (var closed in new[] { "/", "/caseload", "/network", "/network/people", "/courses/new" }) Assert.Equal("/network/plan", (await visitor.GetAsync(closed)).To);
        Assert.Contains("First payment missing", (await visitor.GetAsync("/network/plan")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/account")).Status);
    }

    /// <summary>A network whose trial is over and whose first payment hangs.</summary>
    private async Task FoundUnpaidAsync()
    {
        await SiteClinic.RegisterAsync(site.Services, unpaidOwner);
        await using (var db = site.Services.GetRequiredService<Databases>().Make(DatabaseRole.App, unpaid))
        {
            db.Networks.Add(await site.Services.GetRequiredService<NetworkKeys>().FoundAsync(new() { NetworkId = unpaid, Name = "Ashgrove Network", Policy = JsonSerializer.Serialize(NetworkPolicy.Default), TrialEndsAt = site.System.GetUtcNow().AddDays(-1) }));
            db.Members.Add(new() { NetworkId = unpaid, MemberId = unpaidOwner.Id, UserId = unpaidOwner.UserId, Name = unpaidOwner.Name, Email = unpaidOwner.Email, Roles = unpaidOwner.Roles });
            db.Memberships.Add(new() { NetworkId = unpaid, MemberId = unpaidOwner.Id, UserId = unpaidOwner.UserId });
            await db.SaveChangesAsync();
        }

        var known = site.Services.GetRequiredService<Subscriptions>();
        await known.LinkAsync(unpaid, "cus_unpaid");
        var now = site.System.GetUtcNow();
        Assert.True(await known.ApplyAsync(unpaid, 0, new([new("sub_unpaid", "si_unpaid", SubscriptionStatus.Incomplete, 1, 4900, "gbp", now, now.AddMonths(1), null, null)], [], null)));
    }

    private async Task ChangeSeatsByKeyboardAsync(Desk owner)
    {
        await owner.OpenAsync("/network/plan/seats");
        var kept = owner.Page.GetByLabel("Seats to keep");
        await kept.FocusAsync();
        await owner.Page.Keyboard.PressAsync("Control+A");
        await owner.Page.Keyboard.TypeAsync("ninety-nine");
        await owner.Page.Keyboard.PressAsync("Enter");
        await owner.SeesAsync("There is a problem");
        await Assertions.Expect(kept).ToHaveValueAsync("ninety-nine");
        await kept.FocusAsync();
        await owner.Page.Keyboard.PressAsync("Control+A");
        await owner.Page.Keyboard.TypeAsync("8");
        await owner.Page.Keyboard.PressAsync("Enter");
        await owner.SeesAsync("to 8 seats");
        await owner.ShootAsync("seats");
        // An amount that was left standing is not what would be billed.
        site.System.Advance(TimeSpan.FromMinutes(16));
        await owner.PressAsync("Confirm");
        await owner.SeesAsync("The amount was shown a while ago");
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).FocusAsync();
        await owner.Page.Keyboard.PressAsync("Enter");
        await owner.SeesBannerAsync("Seats saved");
        await PortalSite.AwaitAsync("bill for 8 seats", async () => await site.Services.GetRequiredService<Subscriptions>().FindAsync(SiteClinic.NetworkId) is { Billed: 8 } billed ? billed : null);
    }

    private static async Task CancelAndKeepAsync(Desk owner)
    {
        await owner.OpenAsync("/network/plan");
        await owner.FollowAsync("Cancel the subscription");
        await owner.SeesAsync("Running courses go on whole");
        await owner.ShootAsync("plan-cancel");
        await owner.PressAsync("Cancel at the end of the period");
        await owner.SeesBannerAsync("The subscription will end with the period");
        await owner.PressAsync("Keep the subscription");
        await owner.SeesBannerAsync("The subscription goes on");
    }

    private async Task<int> LiveAsync() =>
        (await site.Services.GetRequiredService<SimulatedStripe>().Server!.ObjectsAsync("subscription")).Count(s => StatusWords.Parse((string)s["status"]!).IsLive());
}
