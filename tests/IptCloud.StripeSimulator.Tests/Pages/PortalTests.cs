using System.Net;
using Stripe;
using Stripe.BillingPortal;

namespace IptCloud.StripeSimulator.Pages;

public sealed class PortalTests
{
    private static async Task<string> OpenAsync(Shop shop, Customer customer, bool cancel = true)
    {
        var configuration = await shop.Stripe.BillingPortal.Configurations.CreateAsync(new ConfigurationCreateOptions
        {
            Features = new ConfigurationFeaturesOptions
            {
                InvoiceHistory = new ConfigurationFeaturesInvoiceHistoryOptions { Enabled = true },
                PaymentMethodUpdate = new ConfigurationFeaturesPaymentMethodUpdateOptions { Enabled = true },
                SubscriptionCancel = new ConfigurationFeaturesSubscriptionCancelOptions { Enabled = cancel },
            },
        });
        var session = await shop.Stripe.BillingPortal.Sessions.CreateAsync(new SessionCreateOptions { Customer = customer.Id, Configuration = configuration.Id, ReturnUrl = "https://app.example/billing" });
        return new Uri(session.Url).AbsolutePath;
    }

    [Fact]
    public async Task Replacing_the_card_decides_how_the_next_charge_goes()
    {
        await using var shop = await Shop.OpenAsync();
        var customer = await shop.CustomerAsync();
        var subscription = await shop.SubscribeAsync(customer);
        var path = await OpenAsync(shop, customer);

        await shop.PressAsync(path, "declining", ("digits", "0341"));
        var card = await shop.Stripe.Customers.GetAsync(customer.Id, new CustomerGetOptions { Expand = ["invoice_settings.default_payment_method"] });
        Assert.Equal("0341", card.InvoiceSettings.DefaultPaymentMethod.Card.Last4);
        await shop.Server.AdvanceToAsync(Shop.Start.AddMonths(1));
        Assert.Equal("past_due", (await shop.SubscriptionAsync(subscription.Id)).Status);
        await shop.PressAsync(await OpenAsync(shop, customer), "card", ("digits", "4242"));
        await shop.Server.AdvanceAsync(TimeSpan.FromDays(3));

        Assert.Equal("active", (await shop.SubscriptionAsync(subscription.Id)).Status);
    }

    [Fact]
    public async Task Cancelling_and_taking_it_back()
    {
        await using var shop = await Shop.OpenAsync();
        var customer = await shop.CustomerAsync();
        var subscription = await shop.SubscribeAsync(customer);
        var path = await OpenAsync(shop, customer);

        await shop.PressAsync(path, "cancel", ("subscription", subscription.Id));
        Assert.True((await shop.SubscriptionAsync(subscription.Id)).CancelAtPeriodEnd);
        await shop.PressAsync(path, "resume", ("subscription", subscription.Id));
        Assert.False((await shop.SubscriptionAsync(subscription.Id)).CancelAtPeriodEnd);
        Assert.Equal("https://app.example/billing", (await shop.PressAsync(path, "back")).Headers.Location?.ToString());
    }

    [Fact]
    public async Task Another_customers_subscription_and_what_is_switched_off_cannot_be_cancelled()
    {
        await using var shop = await Shop.OpenAsync();
        var customer = await shop.CustomerAsync();
        var own = await shop.SubscribeAsync(customer);
        var other = await shop.SubscribeAsync(await shop.CustomerAsync());

        Assert.Equal(HttpStatusCode.NotFound, (await shop.PressAsync(await OpenAsync(shop, customer), "cancel", ("subscription", other.Id))).StatusCode);
        await shop.PressAsync(await OpenAsync(shop, customer, cancel: false), "cancel", ("subscription", own.Id));

        Assert.False((await shop.SubscriptionAsync(other.Id)).CancelAtPeriodEnd);
        Assert.False((await shop.SubscriptionAsync(own.Id)).CancelAtPeriodEnd);
    }

    [Fact]
    public async Task It_lists_invoices_and_expires()
    {
        await using var shop = await Shop.OpenAsync();
        var customer = await shop.CustomerAsync();
        var subscription = await shop.SubscribeAsync(customer);
        var path = await OpenAsync(shop, customer);
        var invoice = await shop.Stripe.Invoices.GetAsync(subscription.LatestInvoiceId);

        Assert.Contains(invoice.Number, await shop.Http.GetStringAsync(new Uri(shop.Server.Url, path)), StringComparison.Ordinal);
        Assert.Contains("EUR 245.00", await shop.Http.GetStringAsync(invoice.HostedInvoiceUrl), StringComparison.Ordinal);
        await shop.Server.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal(HttpStatusCode.Gone, (await shop.Http.GetAsync(new Uri(shop.Server.Url, path))).StatusCode);
    }
}
