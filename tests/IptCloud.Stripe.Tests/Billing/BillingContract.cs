using IptCloud.Data.Access;
using IptCloud.Data.Billing;
using IptCloud.Domain.Billing;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Stripe.Billing;

/// <summary>A network's life with its bill, on both databases: what is used is what is billed, whatever comes twice, late or the wrong way round.</summary>
public abstract class BillingContract : IAsyncLifetime
{
    private Till till = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract Task<Till> OpenAsync();

    public async ValueTask InitializeAsync() => till = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await till.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_network_subscribes_grows_shrinks_cancels_and_resumes()
    {
        await till.JoinAsync();
        await till.SubscribeAsync(till.Clock.GetUtcNow().AddDays(30));
        Assert.Equal((SubscriptionStatus.Trialing, 1), await StandsAsync());

        var second = await till.JoinAsync();
        await till.JoinAsync();
        await till.WorkAsync();
        Assert.Equal((SubscriptionStatus.Trialing, 3), await StandsAsync());
        Assert.Equal(2, await till.LettersAsync(LetterTemplate.SeatAdded));

        Assert.Null(await till.RemoveAsync(second));
        await till.WorkAsync();
        Assert.Equal((SubscriptionStatus.Trialing, 2), await StandsAsync());

        await till.PassAsync(TimeSpan.FromDays(31));
        Assert.Equal((SubscriptionStatus.Active, 2), await StandsAsync());
        Assert.Equal(1, await till.LettersAsync(LetterTemplate.Receipt));

        Assert.Null(await till.Provider.SetEndingAsync(till.Network, true, Ct));
        Assert.NotNull((await till.SubscriptionAsync()).EndsAt);
        Assert.Null(await till.Provider.SetEndingAsync(till.Network, false, Ct));
        Assert.Null((await till.SubscriptionAsync()).EndsAt);
        Assert.Equal(0, await till.CheckAsync());
    }

    [Fact]
    public async Task Seats_kept_are_billed_though_nobody_sits_there_and_cost_what_was_shown()
    {
        await till.JoinAsync();
        await till.SubscribeAsync();
        await till.PassAsync(TimeSpan.FromDays(10));
        var quote = await till.Provider.QuoteAsync(till.Network, 4, Ct);
        Assert.Null(await till.Get<SeatBook>().SetAsync(till.Network, till.Owner, Guid.NewGuid(), await till.SeatsAsync(), 4, 10, Ct));
        await till.WorkAsync();
        Assert.Equal((SubscriptionStatus.Active, 4), await StandsAsync());
        await till.PassAsync(TimeSpan.FromDays(22));
        var newest = (await till.Get<Subscriptions>().InvoicesAsync(till.Network, 1, Ct))[0];
        Assert.Equal(quote.NextInvoice.Amount, newest.Total);
        Assert.True(quote.Difference.Amount is > 0 and < 3 * 2900, $"{quote.Difference}");

        // Kept and ceiling down together, below what was granted.
        Assert.Null(await till.Get<SeatBook>().SetAsync(till.Network, till.Owner, Guid.NewGuid(), await till.SeatsAsync(), 0, 2, Ct));
        await till.WorkAsync();
        Assert.Equal((SubscriptionStatus.Active, 1), await StandsAsync());
    }

    [Fact]
    public async Task What_is_shown_is_what_is_billed_after_earlier_changes_and_with_the_simulators_clock_moved_on()
    {
        await till.JoinAsync();
        await till.SubscribeAsync();
        await till.Stripe.AdvanceAsync(TimeSpan.FromDays(7));
        await SetAsync(6);
        await till.Stripe.AdvanceAsync(TimeSpan.FromDays(3));
        var more = await till.Provider.QuoteAsync(till.Network, 7, Ct);
        Assert.InRange(more.Difference.Amount, 1, 2900);
        Assert.Equal(more.NextInvoice.Amount, more.Difference.Amount + more.Earlier.Amount + (7 * more.Seat.Amount));
        var fewer = await till.Provider.QuoteAsync(till.Network, 5, Ct);
        Assert.InRange(fewer.Difference.Amount, -2900, -1);
        await SetAsync(5);
        await till.Stripe.AdvanceAsync(TimeSpan.FromDays(25));
        await till.WorkAsync();
        Assert.Equal(fewer.NextInvoice.Amount, (await till.Get<Subscriptions>().InvoicesAsync(till.Network, 1, Ct))[0].Total);

        async Task SetAsync(int kept)
        {
            Assert.Null(await till.Get<SeatBook>().SetAsync(till.Network, till.Owner, Guid.NewGuid(), await till.SeatsAsync(), kept, 10, Ct));
            await till.WorkAsync();
        }
    }

    [Fact]
    public async Task A_seats_price_is_shown_before_anybody_subscribes_and_follows_a_new_one()
    {
        Assert.Equal(new Money(2900, "gbp"), await till.Provider.SeatPriceAsync(Ct));
        global::Stripe.PriceService prices = new(new global::Stripe.StripeClient(new global::Stripe.StripeClientOptions { ApiKey = "sk_test_till", ApiBase = till.Stripe.Url.ToString().TrimEnd('/') }));
        var old = (await prices.ListAsync(new() { LookupKeys = [StripeSettings.SeatPrice] }, cancellationToken: Ct)).Data[0];
        await prices.CreateAsync(new() { Product = old.ProductId, Currency = "gbp", UnitAmount = 3100, LookupKey = StripeSettings.SeatPrice, TransferLookupKey = true, Recurring = new() { Interval = "month" } }, cancellationToken: Ct);
        till.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(new Money(3100, "gbp"), await till.Provider.SeatPriceAsync(Ct));
    }

    [Fact]
    public async Task What_is_shown_while_the_subscription_ends_stands_on_its_last_invoice()
    {
        await till.JoinAsync();
        await till.SubscribeAsync();
        Assert.Null(await till.Provider.SetEndingAsync(till.Network, true, Ct));
        await till.PassAsync(TimeSpan.FromDays(10));
        var quote = await till.Provider.QuoteAsync(till.Network, 3, Ct);
        Assert.True(quote.IsLast);
        Assert.InRange(quote.Difference.Amount, 2 * 1500, 2 * 2900);
        Assert.Null(await till.Get<SeatBook>().SetAsync(till.Network, till.Owner, Guid.NewGuid(), await till.SeatsAsync(), 3, 10, Ct));
        await till.WorkAsync();
        await till.PassAsync(TimeSpan.FromDays(25));
        Assert.Equal(SubscriptionStatus.Canceled, (await till.SubscriptionAsync()).Status);
        Assert.Equal((quote.NextAt, quote.Difference.Amount), (await till.Get<Subscriptions>().InvoicesAsync(till.Network, 1, Ct))[0] is var last ? (last.CreatedAt, last.Total) : default);
    }

    [Fact]
    public async Task Changes_that_wait_together_are_each_billed_from_their_own_moment()
    {
        await till.JoinAsync();
        await till.SubscribeAsync();
        var before = (await till.AtStripeAsync("invoiceitem")).Count;
        List<long> moments = [];
        for (var therapist = 0; therapist < 3; therapist++)
        {
            till.Clock.Advance(TimeSpan.FromDays(2));
            moments.Add(till.Clock.GetUtcNow().ToUnixTimeSeconds());
            await till.JoinAsync();
        }

        await till.WorkAsync();
        Assert.Equal((SubscriptionStatus.Active, 4), await StandsAsync());
        var starts = (await till.AtStripeAsync("invoiceitem")).Skip(before).Select(i => (long)i["period"]!["start"]!);
        Assert.Equal(moments.SelectMany(m => new[] { m, m }), starts);
    }

    [Fact]
    public async Task Whoever_comes_back_after_an_end_subscribes_without_a_second_trial()
    {
        await till.JoinAsync();
        await till.SubscribeAsync(till.Clock.GetUtcNow().AddDays(30));
        Assert.Null(await till.Provider.SetEndingAsync(till.Network, true, Ct));
        await till.Stripe.AdvanceAsync(TimeSpan.FromDays(31));
        await till.WorkAsync();
        Assert.Equal(SubscriptionStatus.Canceled, (await till.SubscriptionAsync()).Status);
        await till.SubscribeAsync(Till.Opening.AddDays(300));
        Assert.Equal((SubscriptionStatus.Active, 1), await StandsAsync());
    }

    [Fact]
    public async Task An_order_whose_trial_has_begun_since_it_was_opened_is_opened_anew()
    {
        await till.JoinAsync();
        Contracts.Billing.BillingContact contact = new("A network", "owner@example.org");
        var first = await till.Provider.SubscribeAsync(till.Network, contact, 1, null, Guid.NewGuid(), Ct);
        var second = await till.Provider.SubscribeAsync(till.Network, contact, 1, till.Clock.GetUtcNow().AddDays(30), Guid.NewGuid(), Ct);
        Assert.NotNull(second.Address);
        Assert.NotEqual(first.Address, second.Address);
        await Till.PayAsync(second.Address);
        await till.WorkAsync();
        Assert.Equal((SubscriptionStatus.Trialing, 1), await StandsAsync());
    }

    [Fact]
    public async Task The_trial_begins_with_the_first_therapist_though_nothing_else_was_set_up()
    {
        await using (var db = await till.Get<Data.Storage.Databases>().WriteAsync(till.Network, Ct))
            await db.Networks.ExecuteUpdateAsync(u => u.SetProperty(n => n.TrialEndsAt, (DateTimeOffset?)null), Ct);
        await till.JoinAsync();
        Assert.Equal(Till.Opening.AddDays(30), await till.ReadAsync(db => db.Networks.Select(n => n.TrialEndsAt).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_declined_card_leads_through_grace_to_restricted_and_a_new_card_back()
    {
        await till.JoinAsync();
        await till.SubscribeAsync();
        var customer = (await till.SubscriptionAsync()).CustomerId;
        await till.Stripe.DeclineCardsAsync(customer, true);
        await till.PassAsync(TimeSpan.FromDays(32));
        Assert.Equal(SubscriptionStatus.PastDue, (await till.SubscriptionAsync()).Status);
        Assert.Equal(Entitlement.Grace, await till.Get<Subscriptions>().EntitlementAsync(till.Network, Ct));
        Assert.Equal(1, await till.LettersAsync(LetterTemplate.PaymentLate));

        await till.PassAsync(TimeSpan.FromDays(20));
        Assert.Equal(Entitlement.Restricted, await till.Get<Subscriptions>().EntitlementAsync(till.Network, Ct));
        Assert.Equal("billing.restricted", (await till.InviteAsync(Guid.NewGuid()))!.Code);
        Assert.Equal((till.Network, SubscriptionStatus.Unpaid, 1), (await till.Get<SeatChecks>().StatesAsync(Ct))[0] is var seen ? (seen.Network, seen.Status, seen.Billed) : default);

        await till.Stripe.DeclineCardsAsync(customer, false);
        await till.PayOpenInvoicesAsync();
        await till.WorkAsync();
        Assert.Equal(SubscriptionStatus.Active, (await till.SubscriptionAsync()).Status);
        Assert.Null(await till.InviteAsync(Guid.NewGuid()));
    }

    [Fact]
    public async Task Thirty_deliveries_at_once_with_a_service_that_fails_half_way_say_and_do_everything_once()
    {
        await till.JoinAsync();
        await till.SubscribeAsync();
        await till.Stripe.DeclineCardsAsync((await till.SubscriptionAsync()).CustomerId, true);
        till.Clock.Advance(TimeSpan.FromDays(32));
        await till.Stripe.AdvanceAsync(TimeSpan.Zero);
        await till.Stripe.SettleAsync();
        await till.RingAgainAsync(30);
        till.Stripe.Faults.FailuresBefore = 3;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => till.Sweep().RunAsync(Ct))));
        for (var minute = 0; minute < 4; minute++) await till.PassAsync(TimeSpan.FromMinutes(1)); // each failure has its pause
        Assert.Equal(0, till.Stripe.Faults.FailuresBefore);
        Assert.Equal(SubscriptionStatus.PastDue, (await till.SubscriptionAsync()).Status);
        Assert.Equal(1, await till.LettersAsync(LetterTemplate.PaymentLate));
        Assert.False(await till.ReadDirectoryAsync(db => db.BillingEvents.AnyAsync(e => e.State == BillingEventStates.Waiting, Ct)));
    }

    [Fact]
    public async Task Two_tabs_get_the_same_page_and_pay_once_and_a_subscriber_gets_none()
    {
        await till.JoinAsync();
        var pages = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => till.Provider.SubscribeAsync(till.Network, new("A network", "owner@example.org"), 1, null, Guid.NewGuid(), Ct))));
        Assert.Single(pages.Select(p => p.Address).Distinct());
        await Till.PayAsync(pages[0].Address!);
        await till.WorkAsync();
        Assert.Single(await till.AtStripeAsync("subscription"));
        Assert.Single(await till.AtStripeAsync("customer"));
        Assert.Equal("billing.already-subscribed", (await till.Provider.SubscribeAsync(till.Network, new("A network", "owner@example.org"), 1, null, Guid.NewGuid(), Ct)).Refused!.Code);
    }

    private async Task<(SubscriptionStatus Status, int Billed)> StandsAsync()
    {
        var row = await till.SubscriptionAsync();
        Assert.Equal((await till.SeatsAsync()).Granted, row.Billed);
        return (row.Status, row.Billed);
    }
}

public sealed class SqliteBilling : BillingContract
{
    protected override Task<Till> OpenAsync() => Till.OnSqliteAsync();
}

[Trait("Needs", "postgres")]
public sealed class PostgresBilling : BillingContract
{
    protected override Task<Till> OpenAsync() => Till.OnPostgresAsync();
}
