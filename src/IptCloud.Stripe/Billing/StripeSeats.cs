using IptCloud.Contracts.Billing;
using IptCloud.Data.Billing;
using IptCloud.Domain.Identifiers;
using Microsoft.Extensions.Logging;
using Stripe;

namespace IptCloud.Stripe.Billing;

/// <summary>Numbers of seats on their way to Stripe.</summary>
internal sealed partial class StripeSeats(StripeApi api, SeatOrders orders, Subscriptions known, TimeProvider system, ILogger<StripeSeats> logger)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private const int LongestPauseMinutes = 60;

    private readonly SubscriptionItemService items = new(api.Client);
    private readonly SubscriptionService subscriptions = new(api.Client);
    private readonly InvoiceService invoices = new(api.Client);
    private readonly CreditNoteService credits = new(api.Client);

    /// <summary>Pushes what waits, one at a time.</summary>
    /// <param name="refresh">Reads the subscription anew: after a push, and when Stripe refuses.</param>
    public async Task<bool> PushAsync(NetworkId network, Func<NetworkId, Task> refresh, CancellationToken ct)
    {
        while (await orders.BeginAsync(network, Lease, ct) is { } order)
        {
            try
            {
                await StripeApi.CallAsync(() => items.UpdateAsync(order.Item, new()
                {
                    Quantity = order.Quantity, ProrationBehavior = order.ProrateFrom is null ? "none" : "create_prorations", ProrationDate = order.ProrateFrom?.UtcDateTime,
                }, StripeApi.Key($"seats-{order.Id:N}"), ct));
            }
            catch (BillingUnavailableException e)
            {
                var later = system.GetUtcNow() + TimeSpan.FromMinutes(Math.Min(LongestPauseMinutes, 1 << Math.Clamp(order.Attempt - 1, 0, 10)));
                if (!e.IsKept || !await WasHeardAsync(network, order, refresh)) await PostponeAsync(network, order, later, e);
                else await orders.SettleAsync(network, order, SeatOrderStates.Done, "found done", null, CancellationToken.None);
                return false;
            }
            catch (BillingRefusedException e)
            {
                // What was said at the first attempt may hold no longer, such as a period that has ended since: said anew, once.
                if (order.Attempt > 1) await orders.RenewAsync(network, order, Guid.CreateVersion7(system.GetUtcNow()), system.GetUtcNow(), e.Code, ct);
                else await orders.SettleAsync(network, order, SeatOrderStates.Failed, e.Code, null, CancellationToken.None);
                await refresh(network);
                continue;
            }

            // Read back before it is settled: whoever compares meanwhile finds it still on its way, not a bill that differs.
            await refresh(network);
            await orders.SettleAsync(network, order, SeatOrderStates.Done, null, null, CancellationToken.None);
        }

        return true;
    }

    /// <summary>Whether Stripe did what it answered to with a failure.</summary>
    private async Task<bool> WasHeardAsync(NetworkId network, SeatOrder order, Func<NetworkId, Task> refresh)
    {
        try
        {
            await refresh(network);
        }
        catch (BillingUnavailableException)
        {
            return false;
        }

        return (await known.FindAsync(network))?.Billed == order.Quantity;
    }

    private Task PostponeAsync(NetworkId network, SeatOrder order, DateTimeOffset later, BillingUnavailableException e) => e.IsKept
        ? orders.RenewAsync(network, order, Guid.CreateVersion7(system.GetUtcNow()), later, e.Message)
        : orders.SettleAsync(network, order, SeatOrderStates.Pending, e.Message, later, CancellationToken.None);

    /// <summary>Takes a second subscription back: what was paid for it returned, and ended at once. Safe to repeat.</summary>
    /// <remarks>Without keys, for which Stripe would repeat a failure of its own for a day: it is looked at what was done, and Stripe credits no invoice with more than its amount.</remarks>
    public async Task UndoAsync(string subscription, CancellationToken ct)
    {
        foreach (var invoice in (await StripeApi.CallAsync(() => invoices.ListAsync(new() { Subscription = subscription, Limit = 10 }, cancellationToken: ct))).Data)
            if (invoice is { Status: "paid", AmountPaid: > 0 }) await ReturnAsync(invoice, ct);
            else if (invoice.Status == "open") await StripeApi.CallAsync(() => invoices.VoidInvoiceAsync(invoice.Id, cancellationToken: ct));
        await StripeApi.CallAsync(() => subscriptions.CancelAsync(subscription, new() { Prorate = false, InvoiceNow = false }, cancellationToken: ct));
    }

    private async Task ReturnAsync(Invoice paid, CancellationToken ct)
    {
        if (paid.PostPaymentCreditNotesAmount >= paid.Total) return;
        try
        {
            await StripeApi.CallAsync(() => credits.CreateAsync(new() { Invoice = paid.Id, Amount = paid.Total, RefundAmount = paid.AmountPaid, CreditAmount = paid.Total > paid.AmountPaid ? paid.Total - paid.AmountPaid : null, Reason = "duplicate" }, cancellationToken: ct));
        }
        catch (BillingRefusedException e)
        {
            // Somebody was quicker, or it cannot be returned as a whole. The subscription must end all the same, else the next month is charged too.
            if ((await StripeApi.CallAsync(() => invoices.GetAsync(paid.Id, cancellationToken: ct))).PostPaymentCreditNotesAmount < paid.Total) LogNotReturned(paid.Id, e.Code);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "What was paid for a second subscription could not be returned: invoice {Invoice}, {Code}. Return it by hand in the payment service’s dashboard.")]
    private partial void LogNotReturned(string invoice, string code);
}
