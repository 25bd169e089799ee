using System.Text.Json.Nodes;
using IptCloud.Contracts.Billing;
using IptCloud.Domain.Billing;
using Stripe;

namespace IptCloud.Stripe.Billing;

/// <summary>A second subscription, made past us: it is ended and what was paid for it returned once, whatever the payment service answers.</summary>
public sealed class UndoTests : IAsyncLifetime
{
    private Till till = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        till = await Till.OnSqliteAsync();
        await till.JoinAsync();
        await till.SubscribeAsync();
    }

    public ValueTask DisposeAsync() => till.DisposeAsync();

    [Theory]
    [InlineData("none", 0)]
    [InlineData("500 before", 1)]
    [InlineData("500 before", 3)]
    [InlineData("500 after", 1)]
    [InlineData("500 after", 3)]
    [InlineData("lost responses", 2)]
    public async Task It_ends_and_is_paid_back_once(string fault, int times)
    {
        await SecondAsync();
        switch (fault)
        {
            case "500 before": till.Stripe.Faults.FailuresBefore = times; break;
            case "500 after": till.Stripe.Faults.FailuresAfter = times; break;
            case "lost responses": till.Stripe.Faults.LoseResponses = times; break;
            default: break;
        }

        await RefreshAsync();
        Assert.Single(await LiveAsync());
        var note = Assert.Single(await till.AtStripeAsync("credit_note"));
        Assert.Equal((await PaidAsync())[^1], (long)note["amount"]!);
        Assert.Single(await till.AtStripeAsync("refund"));
        Assert.Equal(SubscriptionStatus.Active, (await till.SubscriptionAsync()).Status);
    }

    [Fact]
    public async Task It_ends_even_if_nothing_can_be_returned()
    {
        var second = await SecondAsync();
        // Somebody has returned a part by hand, so that the whole cannot be returned any more.
        await new CreditNoteService(Client).CreateAsync(new() { Invoice = second.LatestInvoiceId, Amount = 100, RefundAmount = 100 }, cancellationToken: Ct);
        await RefreshAsync();
        Assert.Single(await LiveAsync());
        Assert.Single(await till.AtStripeAsync("credit_note"));
    }

    private StripeClient Client => new(new StripeClientOptions { ApiKey = "sk_test_till", ApiBase = till.Stripe.Url.ToString().TrimEnd('/') });

    private async Task<Subscription> SecondAsync()
    {
        var row = await till.SubscriptionAsync();
        SubscriptionService subscriptions = new(Client);
        var first = await subscriptions.GetAsync(row.SubscriptionId, cancellationToken: Ct);
        till.Clock.Advance(TimeSpan.FromSeconds(1)); // younger, so that it is the one too many
        return await subscriptions.CreateAsync(new() { Customer = row.CustomerId, DefaultPaymentMethod = first.DefaultPaymentMethodId, Items = [new() { Price = first.Items.Data[0].Price.Id, Quantity = 4 }] }, cancellationToken: Ct);
    }

    /// <summary>As the worker does: again until it works.</summary>
    private async Task RefreshAsync()
    {
        for (var attempt = 0; ; attempt++)
            try
            {
                await till.Provider.RefreshAsync(till.Network, Ct);
                return;
            }
            catch (BillingUnavailableException) when (attempt < 10)
            {
            }
    }

    private async Task<List<JsonObject>> LiveAsync() => [.. (await till.AtStripeAsync("subscription")).Where(s => StatusWords.Parse((string)s["status"]!).IsLive())];

    private async Task<List<long>> PaidAsync() => [.. (await till.AtStripeAsync("invoice")).OrderBy(i => (long)i["created"]!).Select(i => (long)i["amount_paid"]!)];
}
