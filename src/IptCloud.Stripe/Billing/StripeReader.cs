using System.Globalization;
using IptCloud.Domain.Billing;
using Stripe;

namespace IptCloud.Stripe.Billing;

/// <summary>Reads what Stripe holds of a customer.</summary>
internal sealed class StripeReader(StripeApi api)
{
    private const int MostInvoices = 24;

    private readonly SubscriptionService subscriptions = new(api.Client);
    private readonly InvoiceService invoices = new(api.Client);

    public async Task<CustomerFacts> ReadAsync(string customer, CancellationToken ct)
    {
        var found = await StripeApi.CallAsync(() => subscriptions.ListAsync(new() { Customer = customer, Status = "all", Limit = 100, Expand = ["data.default_payment_method", "data.customer.invoice_settings.default_payment_method"] }, cancellationToken: ct));
        var billed = await StripeApi.CallAsync(() => invoices.ListAsync(new() { Customer = customer, Limit = MostInvoices }, cancellationToken: ct));
        var ordered = found.Data.OrderBy(s => s.Created).ThenBy(s => s.Id, StringComparer.Ordinal).ToList();
        return new([.. ordered.Select(Of)], [.. billed.Data.Where(i => i.Status != "draft").Select(Of)], CardOf(ordered.LastOrDefault(s => s.Status is not ("canceled" or "incomplete_expired"))));
    }

    public async Task<Subscription> ReadSubscriptionAsync(string id, CancellationToken ct) => await StripeApi.CallAsync(() => subscriptions.GetAsync(id, cancellationToken: ct));

    private static SubscriptionFacts Of(Subscription s)
    {
        var item = s.Items.Data[0];
        return new(s.Id, item.Id, StatusWords.Parse(s.Status), (int)item.Quantity, item.Price.UnitAmount ?? 0, item.Price.Currency,
            Utc(item.CurrentPeriodStart), Utc(item.CurrentPeriodEnd), Utc(s.TrialEnd), s.CancelAtPeriodEnd ? Utc(item.CurrentPeriodEnd) : Utc(s.CancelAt));
    }

    private static InvoiceFacts Of(Invoice i) => new(i.Id, i.Number, i.Status ?? "", i.Total, i.Currency, Utc(i.Created), i.Status == "open" ? Utc(i.NextPaymentAttempt) : null);

    private static string? CardOf(Subscription? s) => (s?.DefaultPaymentMethod ?? s?.Customer?.InvoiceSettings?.DefaultPaymentMethod)?.Card is { } card
        ? $"{CultureInfo.InvariantCulture.TextInfo.ToTitleCase(card.Brand ?? "card")} ending in {card.Last4}, valid until {card.ExpMonth:00}/{card.ExpYear}" : null;

    private static DateTimeOffset Utc(DateTime at) => new(DateTime.SpecifyKind(at, DateTimeKind.Utc));

    private static DateTimeOffset? Utc(DateTime? at) => at is { } known ? Utc(known) : null;
}
