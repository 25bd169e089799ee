using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Billing;

/// <summary>What a payment, or the want of one, does to the subscription.</summary>
internal static class Standing
{
    public static void AfterTry(Work work, JsonObject invoice)
    {
        if (Invoices.SubscriptionOf(invoice) is not { } id || work.Find(id) is not { } subscription) return;
        if (invoice.Text("status") == "paid") AfterPaid(work, subscription, invoice);
        else AfterFailed(work, subscription, invoice);
    }

    private static void AfterPaid(Work work, JsonObject subscription, JsonObject invoice)
    {
        var before = subscription.Copy();
        if (subscription.Notes().Text("pending_invoice") == invoice.Id() && subscription.Child("pending_update") is not null)
        {
            PendingUpdates.Apply(work, subscription);
            work.Save(subscription);
            work.Emit("customer.subscription.pending_update_applied", subscription, before);
            before = subscription.Copy();
        }

        var resumes = subscription.Text("status") == "paused";
        if (subscription.Text("status") is "incomplete" or "past_due" or "unpaid" or "paused"
            && !Invoices.Of(work, subscription).Any(other => other.Text("status") == "open" && !IsPending(subscription, other)))
            subscription["status"] = "active";
        work.Save(subscription);
        if (resumes && subscription.Text("status") == "active") work.Emit("customer.subscription.resumed", subscription, before);
        work.EmitChange("customer.subscription.updated", subscription, before);
    }

    private static void AfterFailed(Work work, JsonObject subscription, JsonObject invoice)
    {
        var before = subscription.Copy();
        if (subscription.Text("status") is not ("active" or "past_due") || IsPending(subscription, invoice)) return;
        subscription["status"] = "past_due";
        if (!Payments.ScheduleRetry(work, invoice))
        {
            if (work.CancelAfterLastTry)
            {
                Ending.Now(work, subscription, "payment_failed");
                return;
            }

            subscription["status"] = "unpaid";
        }

        work.Save(subscription);
        work.EmitChange("customer.subscription.updated", subscription, before);
    }

    private static bool IsPending(JsonObject subscription, JsonObject invoice) =>
        subscription.Notes().Text("pending_invoice") == invoice.Id();
}
