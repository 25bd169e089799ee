using System.Net;

namespace IptCloud.StripeSimulator.Subscriptions;

public sealed class SubscriptionTests
{
    [Fact]
    public async Task A_subscription_charges_the_first_month_at_once()
    {
        await using var shop = await Shop.OpenAsync();

        var subscription = await shop.SubscribeAsync(await shop.CustomerAsync(), seats: 5);

        Assert.Equal("active", subscription.Status);
        var item = Assert.Single(subscription.Items.Data);
        Assert.Equal((5, Shop.Start.AddMonths(1).UtcDateTime), (item.Quantity, item.CurrentPeriodEnd));
        var charge = Assert.Single(await shop.Server.ObjectsAsync("charge"));
        Assert.Equal(5 * Shop.SeatPrice, (long)charge["amount"]!);
    }

    [Fact]
    public async Task A_trial_begins_for_nothing_and_then_turns_active()
    {
        await using var shop = await Shop.OpenAsync();
        var subscription = await shop.SubscribeAsync(await shop.CustomerAsync(), trialDays: 14);

        Assert.Equal(("trialing", Shop.Start.AddDays(14).UtcDateTime), (subscription.Status, subscription.TrialEnd));
        Assert.Equal(0, await shop.CountAsync("charge"));

        await shop.Server.AdvanceAsync(TimeSpan.FromDays(14));

        Assert.Equal("active", (await shop.SubscriptionAsync(subscription.Id)).Status);
        Assert.Equal(1, await shop.CountAsync("charge"));
        Assert.Contains("customer.subscription.trial_will_end", await shop.EventsAsync());
    }

    [Fact]
    public async Task A_declined_card_is_tried_four_times_and_then_the_subscription_is_unpaid()
    {
        await using var shop = await Shop.OpenAsync();
        var customer = await shop.CustomerAsync();
        var subscription = await shop.SubscribeAsync(customer);
        await shop.Server.DeclineCardsAsync(customer.Id, true);

        await shop.Server.AdvanceToAsync(Shop.Start.AddMonths(1));
        Assert.Equal("past_due", (await shop.SubscriptionAsync(subscription.Id)).Status);
        await shop.Server.AdvanceAsync(TimeSpan.FromDays(3 + 5 + 7) - TimeSpan.FromSeconds(1));
        Assert.Equal("past_due", (await shop.SubscriptionAsync(subscription.Id)).Status);
        await shop.Server.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal("unpaid", (await shop.SubscriptionAsync(subscription.Id)).Status);
        Assert.Equal(4, (await shop.Server.ObjectsAsync("charge")).Count(charge => (string)charge["status"]! == "failed"));
    }

    [Fact]
    public async Task A_card_declined_at_the_start_leaves_it_incomplete_and_after_23_hours_expired()
    {
        await using var shop = await Shop.OpenAsync();

        var subscription = await shop.SubscribeAsync(await shop.CustomerAsync("pm_card_chargeCustomerFail"));
        Assert.Equal("incomplete", subscription.Status);
        await shop.Server.AdvanceAsync(TimeSpan.FromHours(23));

        Assert.Equal("incomplete_expired", (await shop.SubscriptionAsync(subscription.Id)).Status);
    }

    [Fact]
    public async Task Seats_added_are_charged_at_once_by_the_second()
    {
        await using var shop = await Shop.OpenAsync();
        var subscription = await shop.SubscribeAsync(await shop.CustomerAsync(), seats: 5);
        await shop.Server.AdvanceAsync(TimeSpan.FromDays(15.5));

        subscription = await shop.SeatsAsync(subscription, 7);

        Assert.Equal(7, subscription.Items.Data[0].Quantity);
        var invoice = await shop.Stripe.Invoices.GetAsync(subscription.LatestInvoiceId);
        Assert.Equal([-12250, 17150], invoice.Lines.Data.Select(line => line.Amount));
        Assert.Equal((4900, "paid", "subscription_update"), (invoice.AmountPaid, invoice.Status, invoice.BillingReason));
    }

    [Fact]
    public async Task What_is_canceled_cannot_be_changed()
    {
        await using var shop = await Shop.OpenAsync();
        var subscription = await shop.SubscribeAsync(await shop.CustomerAsync());

        var canceled = await shop.Stripe.Subscriptions.CancelAsync(subscription.Id);

        Assert.Equal("canceled", canceled.Status);
        await Shop.RefusedAsync(() => shop.SeatsAsync(subscription, 9), HttpStatusCode.BadRequest);
        await Shop.RefusedAsync(() => shop.Stripe.Subscriptions.CancelAsync(subscription.Id), HttpStatusCode.NotFound);
    }
}
