using System.Net;
using Stripe;

namespace IptCloud.StripeSimulator.Subscriptions;

public sealed class StatusTests
{
    private static async Task<string> StatusAsync(Shop shop, Subscription subscription) => (await shop.SubscriptionAsync(subscription.Id)).Status;

    private static Action<SubscriptionCreateOptions> WithoutCard(string then) => create => create.TrialSettings = new SubscriptionTrialSettingsOptions
    {
        EndBehavior = new SubscriptionTrialSettingsEndBehaviorOptions { MissingPaymentMethod = then },
    };

    [Theory]
    [InlineData("cancel", "canceled")]
    [InlineData("pause", "paused")]
    [InlineData("create_invoice", "past_due")]
    public async Task A_trial_that_ends_without_a_card_does_what_was_asked(string then, string status)
    {
        await using var shop = await Shop.OpenAsync();
        var subscription = await shop.SubscribeAsync(await shop.CustomerAsync(card: null), trialDays: 14, more: WithoutCard(then));

        await shop.Server.AdvanceAsync(TimeSpan.FromDays(14));

        Assert.Equal(status, await StatusAsync(shop, subscription));
        Assert.Equal(0, await shop.CountAsync("charge"));
    }

    [Fact]
    public async Task What_is_paused_goes_on_once_it_is_paid()
    {
        await using var shop = await Shop.OpenAsync();
        var customer = await shop.CustomerAsync(card: null);
        var subscription = await shop.SubscribeAsync(customer, trialDays: 14, more: WithoutCard("pause"));
        await shop.Server.AdvanceAsync(TimeSpan.FromDays(20));
        Assert.Equal("paused", (await shop.Stripe.Subscriptions.ResumeAsync(subscription.Id)).Status);
        var method = await shop.Stripe.PaymentMethods.AttachAsync("pm_card_visa", new PaymentMethodAttachOptions { Customer = customer.Id });

        var open = (await shop.SubscriptionAsync(subscription.Id)).LatestInvoiceId;
        await shop.Stripe.Invoices.PayAsync(open, new InvoicePayOptions { PaymentMethod = method.Id });

        Assert.Equal("active", await StatusAsync(shop, subscription));
        Assert.Equal(Shop.Start.AddDays(20).AddMonths(1).UtcDateTime, (await shop.SubscriptionAsync(subscription.Id)).Items.Data[0].CurrentPeriodEnd);
    }

    [Fact]
    public async Task A_repaired_card_is_charged_at_the_next_try()
    {
        await using var shop = await Shop.OpenAsync();
        var customer = await shop.CustomerAsync();
        var subscription = await shop.SubscribeAsync(customer);
        await shop.Server.DeclineCardsAsync(customer.Id, true);
        await shop.Server.AdvanceToAsync(Shop.Start.AddMonths(1));
        await shop.Server.DeclineCardsAsync(customer.Id, false);
        Assert.Equal("past_due", await StatusAsync(shop, subscription));

        await shop.Server.AdvanceAsync(TimeSpan.FromDays(3));

        Assert.Equal("active", await StatusAsync(shop, subscription));
        Assert.Equal(2, (await shop.Server.ObjectsAsync("charge")).Count(charge => (bool)charge["paid"]!));
    }

    [Fact]
    public async Task Unpaid_becomes_active_when_the_invoice_is_paid_by_hand()
    {
        await using var shop = await Shop.OpenAsync();
        var customer = await shop.CustomerAsync();
        var subscription = await shop.SubscribeAsync(customer);
        await shop.Server.DeclineCardsAsync(customer.Id, true);
        await shop.Server.AdvanceAsync(TimeSpan.FromDays(31 + 15));
        Assert.Equal("unpaid", await StatusAsync(shop, subscription));
        var open = Assert.Single((await shop.Stripe.Invoices.ListAsync(new InvoiceListOptions { Subscription = subscription.Id, Status = "open" })).Data);
        var declined = await Shop.RefusedAsync(() => shop.Stripe.Invoices.PayAsync(open.Id), HttpStatusCode.PaymentRequired);
        Assert.Equal("card_declined", declined.StripeError.Code);
        await shop.Server.DeclineCardsAsync(customer.Id, false);

        await shop.Stripe.Invoices.PayAsync(open.Id);

        Assert.Equal("active", await StatusAsync(shop, subscription));
        Assert.Equal(6, (await shop.Stripe.Invoices.GetAsync(open.Id)).AttemptCount);
    }

    [Fact]
    public async Task An_unpaid_subscription_draws_up_drafts_and_charges_nothing()
    {
        await using var shop = await Shop.OpenAsync();
        var customer = await shop.CustomerAsync();
        var subscription = await shop.SubscribeAsync(customer);
        await shop.Server.DeclineCardsAsync(customer.Id, true);

        await shop.Server.AdvanceToAsync(Shop.Start.AddMonths(4));

        Assert.Equal("unpaid", await StatusAsync(shop, subscription));
        Assert.Equal(3, (await shop.Stripe.Invoices.ListAsync(new InvoiceListOptions { Subscription = subscription.Id, Status = "draft" })).Data.Count);
        Assert.Equal(5, await shop.CountAsync("charge"));
    }

    [Fact]
    public async Task If_so_set_the_last_failed_try_cancels()
    {
        await using var shop = await Shop.OpenAsync(cancelAfterLastTry: true);
        var customer = await shop.CustomerAsync();
        var subscription = await shop.SubscribeAsync(customer);
        await shop.Server.DeclineCardsAsync(customer.Id, true);

        await shop.Server.AdvanceAsync(TimeSpan.FromDays(31 + 15));

        var ended = await shop.SubscriptionAsync(subscription.Id);
        Assert.Equal(("canceled", "payment_failed"), (ended.Status, ended.CancellationDetails.Reason));
    }

    [Fact]
    public async Task Cancelled_at_the_period_end_it_runs_until_then_and_can_be_taken_back()
    {
        await using var shop = await Shop.OpenAsync();
        var subscription = await shop.SubscribeAsync(await shop.CustomerAsync());
        SubscriptionUpdateOptions Cancel(bool cancel) => new() { CancelAtPeriodEnd = cancel };

        var planned = await shop.Stripe.Subscriptions.UpdateAsync(subscription.Id, Cancel(true));
        Assert.Equal((true, Shop.Start.AddMonths(1).UtcDateTime, "active"), (planned.CancelAtPeriodEnd, planned.CancelAt, planned.Status));
        var resumed = await shop.Stripe.Subscriptions.UpdateAsync(subscription.Id, Cancel(false));
        Assert.Equal((false, null, null), (resumed.CancelAtPeriodEnd, resumed.CancelAt, resumed.CanceledAt));
        await shop.Stripe.Subscriptions.UpdateAsync(subscription.Id, Cancel(true));
        await shop.Server.AdvanceToAsync(Shop.Start.AddMonths(1).AddSeconds(-1));
        Assert.Equal("active", await StatusAsync(shop, subscription));
        await shop.Server.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal("canceled", await StatusAsync(shop, subscription));
        Assert.Equal(1, await shop.CountAsync("charge"));
    }

    [Fact]
    public async Task Cancelled_at_once_the_rest_is_given_back_as_credit()
    {
        await using var shop = await Shop.OpenAsync();
        var customer = await shop.CustomerAsync();
        var subscription = await shop.SubscribeAsync(customer, seats: 2);
        await shop.Server.AdvanceAsync(TimeSpan.FromDays(15.5));

        await shop.Stripe.Subscriptions.CancelAsync(subscription.Id, new SubscriptionCancelOptions { Prorate = true, InvoiceNow = true });

        Assert.Equal(-Shop.SeatPrice, (await shop.Stripe.Customers.GetAsync(customer.Id)).Balance);
    }
}
