using Stripe;

namespace IptCloud.StripeSimulator.Webhooks;

public sealed class DeliveryFaultTests
{
    [Fact]
    public async Task Every_event_comes_twice()
    {
        await using var inbox = await WebhookInbox.OpenAsync();
        await using var shop = await Shop.OpenAsync(inbox.Url);
        await shop.Server.SettleAsync();
        var before = inbox.Received.Count;
        shop.Server.Faults.DuplicateDeliveries = true;

        await shop.Stripe.Customers.CreateAsync(new CustomerCreateOptions { Name = "South Clinic" });
        await shop.Server.SettleAsync();

        Assert.Equal(["customer.created", "customer.created"], inbox.Events().Skip(before).Select(e => e.Type));
        Assert.Single(inbox.Events().Skip(before).Select(e => e.Id).Distinct());
    }

    [Fact]
    public async Task Held_events_come_reversed_when_they_are_let_go()
    {
        await using var inbox = await WebhookInbox.OpenAsync();
        await using var shop = await Shop.OpenAsync(inbox.Url);
        await shop.Server.SettleAsync();
        var before = inbox.Received.Count;
        shop.Server.Faults.HoldDeliveries = true;
        shop.Server.Faults.ReverseDeliveries = true;
        var known = (await shop.EventsAsync()).Count;
        await shop.SubscribeAsync(await shop.CustomerAsync());
        await shop.Server.SettleAsync();
        Assert.Equal(before, inbox.Received.Count);

        shop.Server.Faults.HoldDeliveries = false;
        await shop.Server.SettleAsync();

        Assert.Equal((await shop.EventsAsync()).Skip(known).Reverse(), inbox.Events().Skip(before).Select(e => e.Type));
    }

    [Fact]
    public async Task Dropped_events_never_come()
    {
        await using var inbox = await WebhookInbox.OpenAsync();
        await using var shop = await Shop.OpenAsync(inbox.Url);
        await shop.Server.SettleAsync();
        var before = inbox.Received.Count;
        shop.Server.Faults.DropDeliveries = true;
        await shop.Stripe.Customers.CreateAsync(new CustomerCreateOptions { Name = "South Clinic" });
        await shop.Server.SettleAsync();

        shop.Server.Faults.DropDeliveries = false;
        await shop.Server.AdvanceAsync(TimeSpan.FromDays(1));
        await shop.Server.RoundAsync();

        Assert.Equal(before, inbox.Received.Count);
        Assert.Contains("customer.created", await shop.EventsAsync());
    }

    [Fact]
    public async Task Events_of_another_version_are_refused_by_the_library()
    {
        await using var inbox = await WebhookInbox.OpenAsync();
        await using var shop = await Shop.OpenAsync();
        await shop.RestartAsync(inbox.Url);
        shop.Server.Faults.EventApiVersion = "2025-03-31.basil";

        await shop.Stripe.Customers.CreateAsync(new CustomerCreateOptions { Name = "South Clinic" });
        await shop.Server.SettleAsync();

        Assert.Throws<StripeException>(() => inbox.Events());
    }
}
