using IptCloud.Contracts.Billing;
using IptCloud.Data.Billing;
using IptCloud.Domain.Identifiers;
using Stripe;

namespace IptCloud.Stripe.Billing;

/// <summary>Numbers of seats on their way to Stripe.</summary>
internal sealed class StripeSeats(StripeApi api, SeatOrders orders, Subscriptions known, TimeProvider system)
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
                await orders.SettleAsync(network, order, SeatOrderStates.Done, null, null, CancellationToken.None);
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
            }

            await refresh(network);
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

    /// <summary>Takes a second subscription back: ended at once, and what was paid for it returned. Safe to repeat.</summary>
    public async Task UndoAsync(string subscription, CancellationToken ct)
    {
        foreach (var invoice in (await StripeApi.CallAsync(() => invoices.ListAsync(new() { Subscription = subscription, Limit = 10 }, cancellationToken: ct))).Data)
        {
            if (invoice is { Status: "paid", AmountPaid: > 0 })
                await StripeApi.CallAsync(() => credits.CreateAsync(new() { Invoice = invoice.Id, Amount = invoice.Total, RefundAmount = invoice.AmountPaid, Reason = "duplicate" }, StripeApi.Key($"undo-{invoice.Id}"), ct));
            else if (invoice.Status == "open") await StripeApi.CallAsync(() => invoices.VoidInvoiceAsync(invoice.Id, requestOptions: StripeApi.Key($"void-{invoice.Id}"), cancellationToken: ct));
        }

        await StripeApi.CallAsync(() => subscriptions.CancelAsync(subscription, new() { Prorate = false, InvoiceNow = false }, StripeApi.Key($"cancel-{subscription}"), ct));
    }
}
