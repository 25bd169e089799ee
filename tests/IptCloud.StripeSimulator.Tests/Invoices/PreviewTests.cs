using System.Net;
using Stripe;

namespace IptCloud.StripeSimulator.Invoices;

public sealed class PreviewTests
{
    private static InvoiceCreatePreviewOptions For(Subscription subscription, long? seats = null, string proration = "always_invoice", DateTime? at = null) => new()
    {
        Subscription = subscription.Id,
        SubscriptionDetails = new InvoiceSubscriptionDetailsOptions
        {
            Items = seats is null ? null : [new InvoiceSubscriptionDetailsItemOptions { Id = subscription.Items.Data[0].Id, Quantity = seats }],
            ProrationBehavior = proration,
            ProrationDate = at,
        },
    };

    [Theory]
    [InlineData(9)]
    [InlineData(2)]
    public async Task What_is_shown_is_what_is_charged(long seats)
    {
        await using var shop = await Shop.OpenAsync();
        var subscription = await shop.SubscribeAsync(await shop.CustomerAsync(), seats: 5);
        await shop.Server.AdvanceAsync(TimeSpan.FromSeconds(1_234_567));
        var at = (await shop.Server.NowAsync()).UtcDateTime;
        await shop.Server.AdvanceAsync(TimeSpan.FromMinutes(7));
        var objects = await shop.CountAsync("invoice");

        var preview = await shop.Stripe.Invoices.CreatePreviewAsync(For(subscription, seats, at: at));
        Assert.Equal(objects, await shop.CountAsync("invoice"));
        Assert.Equal(5, (await shop.SubscriptionAsync(subscription.Id)).Items.Data[0].Quantity);
        var changed = await shop.Stripe.Subscriptions.UpdateAsync(subscription.Id, new SubscriptionUpdateOptions
        {
            Items = [new SubscriptionItemOptions { Id = subscription.Items.Data[0].Id, Quantity = seats }],
            ProrationBehavior = "always_invoice",
            ProrationDate = at,
            Expand = ["latest_invoice"],
        });

        var invoice = changed.LatestInvoice;
        Assert.Equal((preview.Total, preview.AmountDue, preview.EndingBalance), (invoice.Total, invoice.AmountDue, invoice.EndingBalance));
        Assert.Equal(preview.Lines.Data.Select(line => line.Amount), invoice.Lines.Data.Select(line => line.Amount));
        Assert.Equal(seats > 5, invoice.Total > 0);
    }

    [Fact]
    public async Task The_next_regular_invoice_holds_what_waits_and_the_coming_month()
    {
        await using var shop = await Shop.OpenAsync();
        var subscription = await shop.SubscribeAsync(await shop.CustomerAsync(), seats: 5);
        await shop.Server.AdvanceAsync(TimeSpan.FromDays(10));
        await shop.SeatsAsync(subscription, 4, "create_prorations");

        var preview = await shop.Stripe.Invoices.CreatePreviewAsync(For(subscription));
        await shop.Server.AdvanceToAsync(Shop.Start.AddMonths(1));
        var invoice = await shop.Stripe.Invoices.GetAsync((await shop.SubscriptionAsync(subscription.Id)).LatestInvoiceId);

        Assert.Equal(3, preview.Lines.Data.Count);
        Assert.Equal((preview.Total, "subscription_cycle"), (invoice.Total, invoice.BillingReason));
    }

    [Fact]
    public async Task In_a_trial_more_seats_cost_nothing_now()
    {
        await using var shop = await Shop.OpenAsync();
        var subscription = await shop.SubscribeAsync(await shop.CustomerAsync(), trialDays: 14);

        Assert.Equal(0, (await shop.Stripe.Invoices.CreatePreviewAsync(For(subscription, 9))).Total);
        Assert.Equal(9 * Shop.SeatPrice, (await shop.Stripe.Invoices.CreatePreviewAsync(For(subscription, 9, "none"))).Total);
    }

    [Fact]
    public async Task A_moment_outside_the_running_month_is_refused()
    {
        await using var shop = await Shop.OpenAsync();
        var subscription = await shop.SubscribeAsync(await shop.CustomerAsync());

        await Shop.RefusedAsync(() => shop.Stripe.Invoices.CreatePreviewAsync(For(subscription, 9, at: Shop.Start.AddDays(-1).UtcDateTime)), HttpStatusCode.BadRequest);
    }
}
