using IptCloud.Contracts.Billing;
using IptCloud.Domain.Billing;
using Microsoft.Extensions.Options;
using Stripe;

namespace IptCloud.Stripe.Billing;

/// <summary>What must exist at Stripe before anybody can subscribe: product, price, webhook endpoint, portal configuration. Safe to repeat.</summary>
public sealed class StripeCatalog
{
    private const string Portal = "iptcloud";
    private const string Product = "iptcloud_seat";
    private const long SeatAmount = 2900;
    private const string Currency = "gbp";

    // So long a price that was changed may still be shown; what is charged is what the checkout names.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private readonly StripeApi api;
    private readonly StripeSettings settings;
    private readonly TimeProvider system;
    private KnownPrice? known;

    internal StripeCatalog(StripeApi api, IOptions<StripeSettings> options, TimeProvider system) => (this.api, settings, this.system) = (api, options.Value, system);

    /// <summary>Makes the product and the price of a seat.</summary>
    public async Task EnsurePriceAsync(CancellationToken ct = default)
    {
        if (await FindPriceAsync(ct) is not null) return;
        var product = await StripeApi.CallAsync(() => new ProductService(api.Client).CreateAsync(new() { Name = "IptCloud therapist seat", Description = "One therapist, one month.", Metadata = new() { ["iptcloud"] = Product } }, StripeApi.Key($"{Product}-product"), ct));
        await StripeApi.CallAsync(() => new PriceService(api.Client).CreateAsync(new()
        {
            Product = product.Id, Currency = Currency, UnitAmount = SeatAmount, LookupKey = StripeSettings.SeatPrice, TaxBehavior = "exclusive", Recurring = new() { Interval = "month" }, Nickname = "Therapist seat, monthly",
        }, StripeApi.Key($"{Product}-price-{SeatAmount}"), ct));
    }

    /// <summary>What a seat costs in a month.</summary>
    internal async Task<Money> SeatPriceAsync(CancellationToken ct)
    {
        if (known is { } last && system.GetUtcNow() - last.At < Fresh) return last.Seat;
        if (await FindPriceAsync(ct) is not { UnitAmount: { } amount } price) throw new BillingUnavailableException($"There is no price {StripeSettings.SeatPrice}.");
        known = new(system.GetUtcNow(), new(amount, price.Currency));
        return known.Seat;
    }

    /// <summary>The price that a seat is sold at now; null if there is none. A new one takes the lookup key from the one before.</summary>
    internal async Task<Price?> FindPriceAsync(CancellationToken ct) =>
        (await StripeApi.CallAsync(() => new PriceService(api.Client).ListAsync(new() { LookupKeys = [StripeSettings.SeatPrice], Limit = 1 }, cancellationToken: ct))).Data.FirstOrDefault();

    /// <summary>Makes the portal's configuration: card, invoices and cancelling; neither quantity nor plan.</summary>
    public async Task EnsurePortalAsync(CancellationToken ct = default)
    {
        if (await FindPortalAsync(ct) is not null) return;
        global::Stripe.BillingPortal.ConfigurationService configurations = new(api.Client);
        await StripeApi.CallAsync(() => configurations.CreateAsync(new()
        {
            Metadata = new() { [Portal] = "1" },
            Features = new()
            {
                PaymentMethodUpdate = new() { Enabled = true }, InvoiceHistory = new() { Enabled = true }, SubscriptionCancel = new() { Enabled = true, Mode = "at_period_end" }, SubscriptionUpdate = new() { Enabled = false },
                CustomerUpdate = new() { Enabled = true, AllowedUpdates = ["address", "tax_id"] },
            },
        }, StripeApi.Key("iptcloud-portal-1"), ct));
    }

    /// <summary>The configuration that was made for us; null if there is none. Stripe has one default, which need not be it.</summary>
    internal async Task<string?> FindPortalAsync(CancellationToken ct) =>
        (await StripeApi.CallAsync(() => new global::Stripe.BillingPortal.ConfigurationService(api.Client).ListAsync(new() { Active = true, Limit = 100 }, cancellationToken: ct))).Data.Find(c => c.Metadata.ContainsKey(Portal))?.Id;

    /// <summary>Makes the webhook endpoint in this program's API version.</summary>
    /// <returns>Its secret, if it was made now; null: there is one already, whose secret Stripe's dashboard shows.</returns>
    public async Task<string?> EnsureWebhookAsync(CancellationToken ct = default)
    {
        var address = new Uri(settings.PublicUrl!, "/webhooks/stripe").ToString();
        WebhookEndpointService endpoints = new(api.Client);
        if ((await StripeApi.CallAsync(() => endpoints.ListAsync(new() { Limit = 100 }, cancellationToken: ct))).Data.Any(e => e.Url == address && e.ApiVersion == StripeConfiguration.ApiVersion && e.Status == "enabled")) return null;
        var made = await StripeApi.CallAsync(() => endpoints.CreateAsync(new() { Url = address, ApiVersion = StripeConfiguration.ApiVersion, EnabledEvents = [.. StripeEvents.Types.Order(StringComparer.Ordinal)] }, cancellationToken: ct));
        return made.Secret;
    }

    private sealed record KnownPrice(DateTimeOffset At, Money Seat);
}
