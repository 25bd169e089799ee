using System.Net;
using Stripe.Checkout;

namespace IptCloud.StripeSimulator.Pages;

public sealed class CheckoutTests
{
    private static Task<Session> OpenAsync(Shop shop, string customer, int? trialDays = null) => shop.Stripe.Checkout.Sessions.CreateAsync(new SessionCreateOptions
    {
        Mode = "subscription",
        Customer = customer,
        ClientReferenceId = "network-1",
        SuccessUrl = "https://app.example/billing?session={CHECKOUT_SESSION_ID}",
        CancelUrl = "https://app.example/billing",
        LineItems = [new SessionLineItemOptions { Price = shop.Price.Id, Quantity = 5 }],
        PaymentMethodCollection = "always",
        CustomerUpdate = new SessionCustomerUpdateOptions { Name = "auto", Address = "auto" },
        TaxIdCollection = new SessionTaxIdCollectionOptions { Enabled = true },
        AutomaticTax = new SessionAutomaticTaxOptions { Enabled = true },
        BillingAddressCollection = "required",
        AllowPromotionCodes = false,
        ExpiresAt = Shop.Start.AddHours(1).UtcDateTime,
        Metadata = new() { ["network_id"] = "1" },
        SubscriptionData = new SessionSubscriptionDataOptions
        {
            TrialPeriodDays = trialDays,
            Metadata = new() { ["network_id"] = "1" },
            TrialSettings = new SessionSubscriptionDataTrialSettingsOptions
            {
                EndBehavior = new SessionSubscriptionDataTrialSettingsEndBehaviorOptions { MissingPaymentMethod = "cancel" },
            },
        },
    });

    private static string PathOf(Session session) => new Uri(session.Url).AbsolutePath;

    [Fact]
    public async Task Paying_twice_pays_once()
    {
        await using var shop = await Shop.OpenAsync();
        var customer = await shop.CustomerAsync(card: null);
        var session = await OpenAsync(shop, customer.Id);
        var page = await shop.Http.GetStringAsync(session.Url);
        Assert.Contains("Simulated Stripe: no money moves", page, StringComparison.Ordinal);
        Assert.Contains("EUR 245.00", page, StringComparison.Ordinal);

        var presses = await Task.WhenAll(shop.PressAsync(PathOf(session), "pay"), shop.PressAsync(PathOf(session), "pay"));

        Assert.All(presses, press => Assert.Equal($"https://app.example/billing?session={session.Id}", press.Headers.Location?.ToString()));
        session = await shop.Stripe.Checkout.Sessions.GetAsync(session.Id, new SessionGetOptions { Expand = ["subscription.default_payment_method", "line_items"] });
        Assert.Equal(("complete", "paid", "active"), (session.Status, session.PaymentStatus, session.Subscription.Status));
        Assert.Equal("1", session.Subscription.Metadata["network_id"]);
        Assert.Equal(5, session.LineItems.Data[0].Quantity);
        Assert.NotEmpty(session.Subscription.DefaultPaymentMethod.Card.Fingerprint);
        Assert.Equal((1, 1), (await shop.CountAsync("subscription"), await shop.CountAsync("charge")));
        Assert.Contains("Already paid", await shop.Http.GetStringAsync(new Uri(shop.Server.Url, $"/c/{session.Id}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_declined_card_leaves_it_open_and_nothing_behind()
    {
        await using var shop = await Shop.OpenAsync();
        var session = await OpenAsync(shop, (await shop.CustomerAsync(card: null)).Id, trialDays: 14);

        var answer = await shop.PressAsync(PathOf(session), "decline");

        Assert.Contains("Your card was declined", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("open", (await shop.Stripe.Checkout.Sessions.GetAsync(session.Id)).Status);
        Assert.Equal((0, 0), (await shop.CountAsync("subscription"), await shop.CountAsync("payment_method")));
    }

    [Fact]
    public async Task A_card_that_is_declined_later_starts_the_trial_and_pays_only_once()
    {
        await using var shop = await Shop.OpenAsync();
        var session = await OpenAsync(shop, (await shop.CustomerAsync(card: null)).Id);

        await shop.PressAsync(PathOf(session), "later");
        var id = (await shop.Stripe.Checkout.Sessions.GetAsync(session.Id)).SubscriptionId;
        Assert.Equal("active", (await shop.SubscriptionAsync(id)).Status);
        await shop.Server.AdvanceAsync(TimeSpan.FromDays(31));

        Assert.Equal("past_due", (await shop.SubscriptionAsync(id)).Status);
    }

    [Fact]
    public async Task Closing_goes_back_and_changes_nothing()
    {
        await using var shop = await Shop.OpenAsync();
        var session = await OpenAsync(shop, (await shop.CustomerAsync(card: null)).Id);

        var answer = await shop.PressAsync(PathOf(session), "close");

        Assert.Equal("https://app.example/billing", answer.Headers.Location?.ToString());
        Assert.Equal("open", (await shop.Stripe.Checkout.Sessions.GetAsync(session.Id)).Status);
    }

    [Fact]
    public async Task An_expired_one_cannot_be_paid()
    {
        await using var shop = await Shop.OpenAsync();
        var customer = await shop.CustomerAsync(card: null);
        var byHand = await OpenAsync(shop, customer.Id);
        var byTime = await OpenAsync(shop, customer.Id);
        Assert.Equal("expired", (await shop.Stripe.Checkout.Sessions.ExpireAsync(byHand.Id)).Status);
        await shop.Server.AdvanceAsync(TimeSpan.FromHours(1));

        foreach (var session in new[] { byHand, byTime })
            Assert.Equal(HttpStatusCode.Gone, (await shop.PressAsync($"/c/{session.Id}", "pay")).StatusCode);

        Assert.Equal(2, (await shop.Stripe.Checkout.Sessions.ListAsync(new SessionListOptions { Customer = customer.Id, Status = "expired" })).Data.Count);
        Assert.Equal(0, await shop.CountAsync("subscription"));
        Assert.Equal(2, (await shop.EventsAsync()).Count(type => type == "checkout.session.expired"));
    }

    [Fact]
    public async Task A_form_of_another_origin_is_refused()
    {
        await using var shop = await Shop.OpenAsync();
        var session = await OpenAsync(shop, (await shop.CustomerAsync(card: null)).Id);
        using var request = new HttpRequestMessage(HttpMethod.Post, session.Url) { Content = new FormUrlEncodedContent([new("action", "pay")]) };
        request.Headers.Add("Origin", "https://evil.example");

        Assert.Equal(HttpStatusCode.Forbidden, (await shop.Http.SendAsync(request)).StatusCode);
        Assert.Equal("open", (await shop.Stripe.Checkout.Sessions.GetAsync(session.Id)).Status);
    }

    [Fact]
    public async Task The_policy_lets_forms_lead_back_to_the_shop_and_nothing_else()
    {
        await using var shop = await Shop.OpenAsync();
        var session = await OpenAsync(shop, (await shop.CustomerAsync(card: null)).Id);

        var answer = await shop.Http.GetAsync(session.Url);

        Assert.Equal("default-src 'none'; style-src 'self'; form-action 'self' https://app.example; frame-ancestors 'none'; base-uri 'none'",
            answer.Headers.GetValues("Content-Security-Policy").Single());
        var body = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script", body, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", body, StringComparison.Ordinal);
    }
}
