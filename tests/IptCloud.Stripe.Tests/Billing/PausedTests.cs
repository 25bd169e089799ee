using IptCloud.Domain.Billing;
using Stripe;

namespace IptCloud.Stripe.Billing;

/// <summary>A subscription that the payment service paused because its trial ended without a card, as one made in its dashboard may.</summary>
public sealed class PausedTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_goes_on_once_there_is_a_card()
    {
        await using var till = await Till.OnSqliteAsync();
        await till.JoinAsync();
        StripeClient client = new(new StripeClientOptions { ApiKey = "sk_test_till", ApiBase = till.Stripe.Url.ToString().TrimEnd('/') });
        await till.Provider.SubscribeAsync(till.Network, new("A network", "owner@example.org"), 1, null, Guid.NewGuid(), Ct);
        var customer = (await till.SubscriptionAsync()).CustomerId;
        var price = (await new PriceService(client).ListAsync(new() { LookupKeys = [StripeSettings.SeatPrice] }, cancellationToken: Ct)).Data[0].Id;
        await new SubscriptionService(client).CreateAsync(new()
        {
            Customer = customer, Items = [new() { Price = price, Quantity = 1 }], TrialPeriodDays = 3,
            TrialSettings = new() { EndBehavior = new() { MissingPaymentMethod = "pause" } },
        }, cancellationToken: Ct);
        await till.PassAsync(TimeSpan.FromDays(4));
        Assert.Equal(SubscriptionStatus.Paused, (await till.SubscriptionAsync()).Status);

        Assert.Equal(BillingRefusals.NoCard, await till.Provider.StartAgainAsync(till.Network, Ct));
        await new CustomerService(client).UpdateAsync(customer, new() { InvoiceSettings = new() { DefaultPaymentMethod = "pm_card_visa" } }, cancellationToken: Ct);
        Assert.Null(await till.Provider.StartAgainAsync(till.Network, Ct));
        await till.WorkAsync();
        Assert.Equal(SubscriptionStatus.Active, (await till.SubscriptionAsync()).Status);
        Assert.Null(await till.Provider.StartAgainAsync(till.Network, Ct));
        Assert.Single(await till.AtStripeAsync("invoice"), i => (long)i["amount_paid"]! > 0);
    }
}
