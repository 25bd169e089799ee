using System.Net;
using IptCloud.StripeSimulator.Webhooks;
using Stripe;

namespace IptCloud.StripeSimulator.Server;

public sealed class ServerTests
{
    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://192.168.1.4:5081")]
    [InlineData("http://stripe.example:5081")]
    [InlineData("https://localhost:5081")]
    public async Task It_listens_to_nobody_but_this_machine(string url)
    {
        var options = new StripeSimulatorOptions { DatabaseFile = ":memory:", Url = new Uri(url) };

        await Assert.ThrowsAsync<ArgumentException>(() => StripeSimulatorServer.StartAsync(options));
    }

    [Fact]
    public async Task A_name_that_leads_here_by_deceit_is_not_answered()
    {
        await using var shop = await Shop.OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, shop.Server.Url);
        request.Headers.Host = "evil.example";

        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await shop.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task All_is_there_again_after_a_restart_and_the_clock_stays_moved()
    {
        await using var shop = await Shop.OpenAsync();
        var subscription = await shop.SubscribeAsync(await shop.CustomerAsync(), trialDays: 14);
        await shop.Server.AdvanceAsync(TimeSpan.FromDays(13));

        await shop.RestartAsync();
        Assert.Equal(Shop.Start.AddDays(13), await shop.Server.NowAsync());
        Assert.Equal("trialing", (await shop.SubscriptionAsync(subscription.Id)).Status);
        await shop.Server.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal("active", (await shop.SubscriptionAsync(subscription.Id)).Status);
    }

    [Fact]
    public async Task What_was_answered_is_on_the_disk_and_its_events_are_still_sent()
    {
        await using var inbox = await WebhookInbox.OpenAsync();
        await using var shop = await Shop.OpenAsync(inbox.Url);
        await shop.Server.SettleAsync();
        shop.Server.Faults.HoldDeliveries = true;
        var subscription = await shop.SubscribeAsync(await shop.CustomerAsync(), seats: 4);

        await shop.RestartFromDiskAsync();
        await shop.Server.SettleAsync();

        Assert.Equal(4, (await shop.SubscriptionAsync(subscription.Id)).Items.Data[0].Quantity);
        Assert.Equal(await shop.EventsAsync(), inbox.Events().Select(e => e.Type));
    }

    [Fact]
    public async Task What_fell_due_while_it_was_down_is_made_up_for()
    {
        await using var shop = await Shop.OpenAsync();
        var subscription = await shop.SubscribeAsync(await shop.CustomerAsync());
        shop.Time.Advance(TimeSpan.FromDays(31 + 30));

        await shop.RestartAsync();

        Assert.Equal(Shop.Start.AddMonths(3).UtcDateTime, (await shop.SubscriptionAsync(subscription.Id)).Items.Data[0].CurrentPeriodEnd);
        Assert.Equal(3, await shop.CountAsync("charge"));
    }

    [Fact]
    public async Task Parallel_writes_of_one_subscription_follow_one_another()
    {
        await using var shop = await Shop.OpenAsync();
        var customer = await shop.CustomerAsync();
        var subscription = await shop.SubscribeAsync(customer, seats: 3);

        await Task.WhenAll(Enumerable.Range(4, 30).Select(seats => shop.SeatsAsync(subscription, seats, "create_prorations")));
        await shop.SeatsAsync(subscription, 3, "create_prorations");

        Assert.Equal(0, (await shop.Stripe.InvoiceItems.ListAsync(new InvoiceItemListOptions { Customer = customer.Id, Limit = 100 })).Sum(item => item.Amount));
    }

    [Fact]
    public async Task A_test_clock_moves_only_its_own_customers()
    {
        await using var shop = await Shop.OpenAsync();
        var clock = await shop.Stripe.TestHelpers.TestClocks.CreateAsync(new Stripe.TestHelpers.TestClockCreateOptions { FrozenTime = Shop.Start.UtcDateTime });
        var moved = await shop.SubscribeAsync(await shop.CustomerAsync(testClock: clock.Id));
        var still = await shop.SubscribeAsync(await shop.CustomerAsync());

        var moving = await shop.Stripe.TestHelpers.TestClocks.AdvanceAsync(clock.Id, new Stripe.TestHelpers.TestClockAdvanceOptions { FrozenTime = Shop.Start.AddMonths(2).UtcDateTime });

        Assert.Equal("advancing", moving.Status);
        Assert.Equal("ready", (await shop.Stripe.TestHelpers.TestClocks.GetAsync(clock.Id)).Status);
        Assert.Equal(Shop.Start.AddMonths(3).UtcDateTime, (await shop.SubscriptionAsync(moved.Id)).Items.Data[0].CurrentPeriodEnd);
        Assert.Equal(Shop.Start.AddMonths(1).UtcDateTime, (await shop.SubscriptionAsync(still.Id)).Items.Data[0].CurrentPeriodEnd);
    }
}
