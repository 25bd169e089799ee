using System.Net;
using Stripe;

namespace IptCloud.StripeSimulator.Subscriptions;

public sealed class PaymentBehaviorTests
{
    private static async Task<(Shop Shop, Customer Customer, Subscription Subscription)> DeclinedAsync()
    {
        var shop = await Shop.OpenAsync();
        var customer = await shop.CustomerAsync();
        var subscription = await shop.SubscribeAsync(customer, seats: 5);
        await shop.Server.DeclineCardsAsync(customer.Id, true);
        return (shop, customer, subscription);
    }

    [Fact]
    public async Task A_pending_change_waits_until_it_is_paid()
    {
        var (shop, customer, subscription) = await DeclinedAsync();
        await using var _ = shop;

        var pending = await shop.SeatsAsync(subscription, 9, payment: "pending_if_incomplete");
        Assert.Equal((5, 9, "active"), (pending.Items.Data[0].Quantity, pending.PendingUpdate.SubscriptionItems[0].Quantity, pending.Status));
        Assert.Equal(Shop.Start.AddHours(23).UtcDateTime, pending.PendingUpdate.ExpiresAt);
        await shop.Server.DeclineCardsAsync(customer.Id, false);
        await shop.Stripe.Invoices.PayAsync(pending.LatestInvoiceId);

        var paid = await shop.SubscriptionAsync(subscription.Id);
        Assert.Equal((9, null), (paid.Items.Data[0].Quantity, paid.PendingUpdate));
        Assert.Contains("customer.subscription.pending_update_applied", await shop.EventsAsync());
    }

    [Fact]
    public async Task A_pending_change_that_is_not_paid_is_forgotten()
    {
        var (shop, _, subscription) = await DeclinedAsync();
        await using var _1 = shop;
        var pending = await shop.SeatsAsync(subscription, 9, payment: "pending_if_incomplete");

        await shop.Server.AdvanceAsync(TimeSpan.FromHours(23));

        var after = await shop.SubscriptionAsync(subscription.Id);
        Assert.Equal((5, null, "active"), (after.Items.Data[0].Quantity, after.PendingUpdate, after.Status));
        Assert.Equal("void", (await shop.Stripe.Invoices.GetAsync(pending.LatestInvoiceId)).Status);
        Assert.Contains("customer.subscription.pending_update_expired", await shop.EventsAsync());
    }

    [Fact]
    public async Task An_error_leaves_nothing_behind()
    {
        var (shop, _, subscription) = await DeclinedAsync();
        await using var _1 = shop;
        var before = await shop.CountAsync("invoice");

        await Shop.RefusedAsync(() => shop.SeatsAsync(subscription, 9, payment: "error_if_incomplete"), HttpStatusCode.PaymentRequired);

        Assert.Equal(before, await shop.CountAsync("invoice"));
        Assert.Equal(5, (await shop.SubscriptionAsync(subscription.Id)).Items.Data[0].Quantity);
    }

    [Fact]
    public async Task Allowed_it_takes_effect_and_is_past_due()
    {
        var (shop, _, subscription) = await DeclinedAsync();
        await using var _1 = shop;

        var after = await shop.SeatsAsync(subscription, 9);

        Assert.Equal((9, "past_due"), (after.Items.Data[0].Quantity, after.Status));
    }

    [Fact]
    public async Task Without_proration_nothing_is_billed_until_the_next_month()
    {
        await using var shop = await Shop.OpenAsync();
        var subscription = await shop.SubscribeAsync(await shop.CustomerAsync(), seats: 5);

        await shop.SeatsAsync(subscription, 7, "none");
        Assert.Equal((1, 0), (await shop.CountAsync("invoice"), await shop.CountAsync("invoiceitem")));
        await shop.Server.AdvanceToAsync(Shop.Start.AddMonths(1));

        Assert.Equal(7 * Shop.SeatPrice, (long)(await shop.Server.ObjectsAsync("charge"))[1]["amount"]!);
    }
}
