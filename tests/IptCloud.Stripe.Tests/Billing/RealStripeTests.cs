using IptCloud.Contracts.Billing;
using IptCloud.Data.Billing;
using IptCloud.Data.Storage;
using IptCloud.Domain.Billing;
using IptCloud.Domain.Identifiers;
using IptCloud.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Stripe;

namespace IptCloud.Stripe.Billing;

/// <summary>Against a real test account: real proration cents and tax, and that Stripe takes what we say as the simulator does.</summary>
public sealed class RealStripeTests
{
    private const string Variable = "IPTCLOUD_TEST_STRIPE";

    private static readonly string? key = Environment.GetEnvironmentVariable(Variable);

    public static bool HasKey => key?.StartsWith("sk_test_", StringComparison.Ordinal) == true;

    [Fact(Skip = "IPTCLOUD_TEST_STRIPE holds no secret test key of a Stripe account (sk_test_…).", SkipUnless = nameof(HasKey))]
    public async Task The_real_Stripe_takes_a_subscription_its_seats_a_quote_and_its_end()
    {
        var ct = TestContext.Current.CancellationToken;
        using TempFolder folder = new();
        NetworkId network = new(Guid.NewGuid());
        ServiceCollection services = new();
        services.AddLogging().AddSingleton(TimeProvider.System).AddDataProtection();
        services.AddSqliteData(folder.File("test.db"));
        services.AddStripe(s => (s.ApiKey, s.WebhookSecret, s.PublicUrl) = (key!, "whsec_none", new("http://localhost:5080")));
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<Databases>().MigrateAsync(ct);
        await provider.GetRequiredService<Data.Keys.NetworkKeys>().PrepareAsync();
        var founded = await provider.GetRequiredService<Data.Keys.NetworkKeys>().FoundAsync(new() { NetworkId = network, Name = "Test", Policy = "{}" }, ct);
        await using (var db = await provider.GetRequiredService<Databases>().WriteAsync(network, ct))
        {
            db.Networks.Add(founded);
            await db.SaveChangesAsync(ct);
        }

        var catalog = provider.GetRequiredService<StripeCatalog>();
        await catalog.EnsurePriceAsync(ct);
        await catalog.EnsurePortalAsync(ct);
        var billing = provider.GetRequiredService<IBillingProvider>();
        Assert.Equal("checkout.stripe.com", (await billing.SubscribeAsync(network, new("Test", "test@example.org"), 3, null, Guid.NewGuid(), ct)).Address!.Host);

        // Checkout wants a person; the subscription itself is made by API, as Checkout would.
        StripeClient client = new(key);
        var subscriptions = provider.GetRequiredService<Subscriptions>();
        var customer = (await subscriptions.FindAsync(network, ct))!.CustomerId;
        var price = (await new PriceService(client).ListAsync(new() { LookupKeys = [StripeSettings.SeatPrice] }, cancellationToken: ct)).Data[0];
        var card = await new PaymentMethodService(client).AttachAsync("pm_card_visa", new() { Customer = customer }, cancellationToken: ct);
        await new SubscriptionService(client).CreateAsync(new() { Customer = customer, DefaultPaymentMethod = card.Id, Items = [new() { Price = price.Id, Quantity = 3 }] }, cancellationToken: ct);
        await billing.RefreshAsync(network, ct);
        Assert.Equal((SubscriptionStatus.Active, 3), await StandsAsync());
        Assert.True((await billing.QuoteAsync(network, 5, ct)).NextInvoice.Amount > 5 * price.UnitAmount);
        await provider.GetRequiredService<SeatChecks>().CheckAsync(network, ct); // nobody sits there: the bill follows
        await billing.PushSeatsAsync(network, ct);
        Assert.Equal((SubscriptionStatus.Active, 0), await StandsAsync());
        Assert.Null(await billing.SetEndingAsync(network, true, ct));
        Assert.NotNull((await subscriptions.FindAsync(network, ct))!.EndsAt);
        Assert.NotNull((await billing.PaymentPageAsync(network, ct)).Address);
        SqliteConnection.ClearAllPools();

        async Task<(SubscriptionStatus, int)> StandsAsync() => await subscriptions.FindAsync(network, ct) is { } row ? (row.Status, row.Billed) : default;
    }
}
