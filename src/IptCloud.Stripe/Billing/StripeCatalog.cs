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

    private readonly StripeApi api;
    private readonly StripeSettings settings;
    private Money? seat;

    internal StripeCatalog(StripeApi api, IOptions<StripeSettings> options) => (this.api, settings) = (api, options.Value);

    /// <summary>Makes the product and the price of a seat.</summary>
    public async Task EnsurePriceAsync(CancellationToken ct = default)
    {
        PriceService prices = new(api.Client);
        if ((await StripeApi.CallAsync(() => prices.ListAsync(new() { LookupKeys = [StripeSettings.SeatPrice], Limit = 1 }, cancellationToken: ct))).Data.Count > 0) return;
        var product = await StripeApi.CallAsync(() => new ProductService(api.Client).CreateAsync(new() { Name = "IptCloud therapist seat", Description = "One therapist, one month.", Metadata = new() { ["iptcloud"] = Product } }, StripeApi.Key($"{Product}-product"), ct));
        await StripeApi.CallAsync(() => prices.CreateAsync(new()
        {
            Product = product.Id, Currency = Currency, UnitAmount = SeatAmount, LookupKey = StripeSettings.SeatPrice, TaxBehavior = "exclusive", Recurring = new() { Interval = "month" }, Nickname = "Therapist seat, monthly",
        }, StripeApi.Key($"{Product}-price-{SeatAmount}"), ct));
    }

    /// <summary>What a seat costs in a month. Asked once: at Stripe the amount of a price never changes.</summary>
    internal async Task<Money> SeatPriceAsync(CancellationToken ct) => seat ??=
        (await StripeApi.CallAsync(() => new PriceService(api.Client).ListAsync(new() { LookupKeys = [StripeSettings.SeatPrice], Limit = 1 }, cancellationToken: ct))).Data is [{ UnitAmount: { } amount } price]
            ? new Money(amount, price.Currency) : throw new BillingUnavailableException($"There is no price {StripeSettings.SeatPrice}.");

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
}
