using Stripe;

namespace IptCloud.StripeSimulator.Webhooks;

public sealed class DeliveryTests
{
    [Fact]
    public async Task Events_arrive_signed_in_the_order_they_happened()
    {
        await using var inbox = await WebhookInbox.OpenAsync();
        await using var shop = await Shop.OpenAsync(inbox.Url);
        await shop.SubscribeAsync(await shop.CustomerAsync());

        await shop.Server.SettleAsync();

        Assert.Equal(await shop.EventsAsync(), inbox.Events().Select(e => e.Type));
        Assert.Contains("customer.subscription.created", inbox.Events().Select(e => e.Type));
    }

    [Fact]
    public async Task What_is_refused_is_tried_again_until_three_days_have_passed()
    {
        await using var inbox = await WebhookInbox.OpenAsync();
        await using var shop = await Shop.OpenAsync();
        await shop.RestartAsync(inbox.Url);
        inbox.Status = 500;
        await shop.Stripe.Customers.CreateAsync(new CustomerCreateOptions { Name = "South Clinic" });
        await shop.Server.SettleAsync();
        Assert.Single(inbox.Received);

        inbox.Status = 200;
        await shop.Server.AdvanceAsync(TimeSpan.FromMinutes(1));
        await TriedAsync(shop);

        Assert.Equal(2, inbox.Received.Count);
        Assert.Equal(0, (await shop.Stripe.Events.ListAsync(new EventListOptions { Limit = 1 })).Data[0].PendingWebhooks);
    }

    [Fact]
    public async Task After_three_days_nothing_is_tried_any_more()
    {
        await using var inbox = await WebhookInbox.OpenAsync();
        await using var shop = await Shop.OpenAsync();
        await shop.RestartAsync(inbox.Url);
        inbox.Status = 503;
        await shop.Stripe.Customers.CreateAsync(new CustomerCreateOptions { Name = "South Clinic" });
        await shop.Server.SettleAsync();
        await shop.Server.AdvanceAsync(TimeSpan.FromDays(3));
        await TriedAsync(shop);
        Assert.Equal(2, inbox.Received.Count);

        await shop.Server.AdvanceAsync(TimeSpan.FromDays(3));
        await TriedAsync(shop);

        Assert.Equal(2, inbox.Received.Count);
    }

    [Fact]
    public async Task What_was_queued_before_a_stop_is_delivered_after_the_start()
    {
        await using var inbox = await WebhookInbox.OpenAsync();
        await using var shop = await Shop.OpenAsync(inbox.Url);
        await shop.Server.SettleAsync();
        var before = inbox.Received.Count;
        shop.Server.Faults.HoldDeliveries = true;
        await shop.Stripe.Customers.CreateAsync(new CustomerCreateOptions { Name = "South Clinic" });

        await shop.RestartAsync();
        await shop.Server.SettleAsync();

        Assert.Equal("customer.created", Assert.Single(inbox.Events().Skip(before)).Type);
    }

    [Fact]
    public async Task An_endpoint_gets_what_it_asked_for_in_its_version_with_its_own_secret()
    {
        await using var inbox = await WebhookInbox.OpenAsync();
        await using var shop = await Shop.OpenAsync();
        var endpoint = await shop.Stripe.WebhookEndpoints.CreateAsync(new WebhookEndpointCreateOptions
        {
            Url = inbox.Url.ToString(),
            EnabledEvents = ["customer.updated"],
            ApiVersion = StripeConfiguration.ApiVersion,
        });
        var customer = await shop.Stripe.Customers.CreateAsync(new CustomerCreateOptions { Name = "South Clinic" });
        await shop.Stripe.Customers.UpdateAsync(customer.Id, new CustomerUpdateOptions { Name = "West Clinic" });
        await shop.Server.SettleAsync();

        var e = Assert.Single(inbox.Events(endpoint.Secret));
        Assert.Equal("South Clinic", (string?)((Newtonsoft.Json.Linq.JObject)e.Data.PreviousAttributes)["name"]);
        Assert.Null((await shop.Stripe.WebhookEndpoints.GetAsync(endpoint.Id)).Secret);

        await shop.Stripe.WebhookEndpoints.UpdateAsync(endpoint.Id, new WebhookEndpointUpdateOptions { Disabled = true });
        await shop.Stripe.Customers.UpdateAsync(customer.Id, new CustomerUpdateOptions { Name = "East Clinic" });
        await shop.Server.SettleAsync();
        Assert.Single(inbox.Received);
        Assert.Single((await shop.Stripe.WebhookEndpoints.ListAsync()).Data);
        await shop.Stripe.WebhookEndpoints.DeleteAsync(endpoint.Id);
        Assert.Empty((await shop.Stripe.WebhookEndpoints.ListAsync()).Data);
    }

    /// <summary>A try of something that comes after: whatever was due before it has then been tried too.</summary>
    private static async Task TriedAsync(Shop shop)
    {
        await shop.Server.RoundAsync();
    }
}
