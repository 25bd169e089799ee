using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Billing;

internal static class Ending
{
    /// <summary>Ends a subscription for good. Its open invoices stay open but are no longer tried.</summary>
    public static void Now(Work work, JsonObject subscription, string reason, string status = "canceled")
    {
        var before = subscription.Copy();
        var now = work.NowOf(subscription);
        foreach (var invoice in Invoices.Of(work, subscription))
        {
            if (invoice.Text("status") != "open") continue;
            if (status == "incomplete_expired") Invoices.Void(work, invoice);
            invoice["next_payment_attempt"] = null;
            invoice["auto_advance"] = false;
            work.Save(invoice);
        }

        subscription["status"] = status;
        subscription["ended_at"] = now;
        subscription["pending_update"] = null;
        if (status == "canceled")
        {
            subscription["canceled_at"] ??= now;
            var details = subscription.Child("cancellation_details")!;
            details["reason"] ??= reason;
        }

        work.Save(subscription);
        if (status == "canceled") work.Emit("customer.subscription.deleted", subscription);
        else work.EmitChange("customer.subscription.updated", subscription, before);
    }

    /// <summary>The end that was set for the end of a period: prorations that still wait are billed.</summary>
    public static void AtPeriodEnd(Work work, JsonObject subscription)
    {
        var pending = PendingItems.Of(work, subscription).Select(Lines.OfPending).ToList();
        if (pending.Count > 0) Invoices.Bill(work, subscription, "subscription_cycle", pending);
        Now(work, subscription, "cancellation_requested");
    }
}
