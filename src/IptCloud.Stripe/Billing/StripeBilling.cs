using IptCloud.Contracts.Billing;
using IptCloud.Data.Billing;
using IptCloud.Domain;
using IptCloud.Domain.Billing;
using IptCloud.Domain.Identifiers;
using Microsoft.Extensions.Options;
using Stripe;

namespace IptCloud.Stripe.Billing;

/// <summary>Stripe as the payment service.</summary>
internal sealed class StripeBilling(StripeApi api, StripeReader reader, StripeCheckout checkout, StripeSeats seats, StripeEvents events, Subscriptions subscriptions, StripeCatalog catalog, BillingClock clock, IOptions<StripeSettings> options) : IBillingProvider
{
    // Somebody may be applying something at the same time; nobody does so many times in a row.
    private const int MostRounds = 10;

    private readonly SubscriptionService live = new(api.Client);
    private readonly InvoiceService invoices = new(api.Client);
    private readonly CustomerTaxIdService taxIds = new(api.Client);
    private readonly global::Stripe.BillingPortal.SessionService portal = new(api.Client);

    public async Task<BillingPage> SubscribeAsync(NetworkId network, BillingContact contact, int seats, DateTimeOffset? trialEnd, Guid command, CancellationToken ct = default)
    {
        await checkout.CustomerAsync(network, contact, ct);
        await RefreshAsync(network, ct);
        var known = (await subscriptions.FindAsync(network, ct))!;
        if (known.Status.IsLive()) return new(null, BillingRefusals.AlreadySubscribed);
        // One trial for ever: whoever comes back pays from the first day.
        return new(await checkout.OpenAsync(network, seats, known.SubscriptionId is null ? trialEnd : null, command, ct), null);
    }

    public async Task RefreshAsync(NetworkId network, CancellationToken ct = default)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            if (await subscriptions.FindAsync(network, ct) is not { } known) return;
            var facts = await reader.ReadAsync(known.CustomerId, ct);
            if (facts.Duplicates.Any())
            {
                foreach (var one in facts.Duplicates) await seats.UndoAsync(one.Id, ct);
                continue;
            }

            if (await subscriptions.ApplyAsync(network, known.Revision, facts, ct)) return;
        }

        throw new BillingUnavailableException("Others were always quicker.");
    }

    public Task<bool> PushSeatsAsync(NetworkId network, CancellationToken ct = default) => seats.PushAsync(network, n => RefreshAsync(n, ct), ct);

    public async Task<SeatQuote> QuoteAsync(NetworkId network, int seats, CancellationToken ct = default)
    {
        var row = await LiveAsync(network, ct);
        // The same moment as an order would have. Without it Stripe's lines of now could not be told from those of earlier changes that wait for the invoice.
        var at = row.PeriodStart > clock.Now ? row.PeriodStart.Value : clock.Now;
        var preview = await StripeApi.CallAsync(() => invoices.CreatePreviewAsync(new()
        {
            Customer = row.CustomerId, Subscription = row.SubscriptionId,
            SubscriptionDetails = new() { Items = [new() { Id = row.ItemId, Quantity = seats }], ProrationBehavior = row.Status == SubscriptionStatus.Trialing ? "none" : "create_prorations", ProrationDate = row.Status == SubscriptionStatus.Trialing ? null : at.UtcDateTime },
        }, cancellationToken: ct));
        var prorations = preview.Lines.Data.Where(l => l.Parent?.SubscriptionItemDetails?.Proration == true || l.Parent?.InvoiceItemDetails?.Proration == true).ToLookup(l => l.Period.Start == at.UtcDateTime, l => l.Amount);
        return new(InMoney(prorations[true].Sum()), InMoney(preview.Total), row.EndsAt ?? row.PeriodEnd!.Value, new(row.UnitAmount, row.Currency), InMoney(prorations[false].Sum()), row.EndsAt is not null);

        Money InMoney(long amount) => new(amount, preview.Currency);
    }

    public Task<Money> SeatPriceAsync(CancellationToken ct = default) => catalog.SeatPriceAsync(ct);

    public async Task<Refusal?> SetEndingAsync(NetworkId network, bool ends, CancellationToken ct = default)
    {
        await RefreshAsync(network, ct);
        if (await subscriptions.FindAsync(network, ct) is not { SubscriptionId: { } id } row || !row.Status.IsLive()) return BillingRefusals.NotSubscribed;
        if (row.EndsAt is not null != ends)
            await StripeApi.CallAsync(() => live.UpdateAsync(id, new() { CancelAtPeriodEnd = ends }, cancellationToken: ct)); // no key: it says how it shall be, and a kept failure would be repeated for a day
        await RefreshAsync(network, ct);
        return null;
    }

    public async Task<Refusal?> StartAgainAsync(NetworkId network, CancellationToken ct = default)
    {
        await RefreshAsync(network, ct);
        if (await subscriptions.FindAsync(network, ct) is not { SubscriptionId: { } id, Status: SubscriptionStatus.Paused } row) return null; // it goes on already
        if (row.Card is null) return BillingRefusals.NoCard;
        await StripeApi.CallAsync(() => live.ResumeAsync(id, new(), cancellationToken: ct)); // no key: Stripe refuses a second time
        await RefreshAsync(network, ct);
        return null;
    }

    public async Task<BillingPage> PaymentPageAsync(NetworkId network, CancellationToken ct = default)
    {
        if (await subscriptions.FindAsync(network, ct) is not { } row) return new(null, BillingRefusals.NotSubscribed);
        var configuration = await catalog.FindPortalAsync(ct); // not the account's default, which may allow other numbers of seats
        var session = await StripeApi.CallAsync(() => portal.CreateAsync(new() { Customer = row.CustomerId, Configuration = configuration, ReturnUrl = new Uri(options.Value.PublicUrl!, "/network/plan/back").ToString() }, cancellationToken: ct));
        return new(new(session.Url), null);
    }

    public async Task<BillingPage> InvoicePageAsync(NetworkId network, string invoice, CancellationToken ct = default)
    {
        if (await subscriptions.FindAsync(network, ct) is not { } row) return new(null, BillingRefusals.NotSubscribed);
        if (!await subscriptions.HasInvoiceAsync(network, invoice, ct)) return new(null, BillingRefusals.NoInvoice);
        var found = await StripeApi.CallAsync(() => invoices.GetAsync(invoice, cancellationToken: ct));
        return found.CustomerId == row.CustomerId && found.HostedInvoiceUrl is { } page ? new(new(page), null) : new(null, BillingRefusals.NoInvoice);
    }

    public async Task<TaxNumber?> TaxNumberAsync(NetworkId network, CancellationToken ct = default)
    {
        if (await subscriptions.FindAsync(network, ct) is not { } row) return null;
        var found = await StripeApi.CallAsync(() => taxIds.ListAsync(row.CustomerId, new() { Limit = 1 }, cancellationToken: ct));
        return found.Data is [var one, ..] ? new(one.Type, one.Value) : null;
    }

    public async Task<Refusal?> SetTaxNumberAsync(NetworkId network, TaxNumber? number, Guid command, CancellationToken ct = default)
    {
        if (await subscriptions.FindAsync(network, ct) is not { } row) return BillingRefusals.NotSubscribed;
        var before = await StripeApi.CallAsync(() => taxIds.ListAsync(row.CustomerId, new() { Limit = 10 }, cancellationToken: ct));
        try
        {
            if (number is not null && !before.Data.Any(t => t.Type == number.Kind && t.Value == number.Value))
                await StripeApi.CallAsync(() => taxIds.CreateAsync(row.CustomerId, new() { Type = number.Kind, Value = number.Value }, StripeApi.Key($"tax-{command:N}-{number.Kind}-{number.Value}"), ct));
        }
        catch (BillingRefusedException e) when (e.Code is "tax_id_invalid" or "parameter_invalid")
        {
            return BillingRefusals.TaxId;
        }

        foreach (var old in before.Data.Where(t => number is null || t.Type != number.Kind || t.Value != number.Value)) await StripeApi.CallAsync(() => taxIds.DeleteAsync(row.CustomerId, old.Id, cancellationToken: ct));
        return null;
    }

    public Task<bool> ReceiveAsync(string body, string? signature, CancellationToken ct = default) => events.ReceiveAsync(body, signature, ct);

    private async Task<SubscriptionRow> LiveAsync(NetworkId network, CancellationToken ct) =>
        await subscriptions.FindAsync(network, ct) is { } row && row.Status.TakesSeats() ? row : throw new BillingUnavailableException("There is no subscription that takes seats.");
}
