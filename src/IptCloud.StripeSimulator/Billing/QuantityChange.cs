using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Billing;

/// <summary>Changes of what a subscription's items are and how many.</summary>
internal static class QuantityChange
{
    /// <summary>Makes the change and bills it as asked. Returns the invoice if one was drawn up.</summary>
    public static JsonObject? Make(Work work, JsonObject subscription, JsonObject given, long now)
    {
        var changes = ItemChange.Of(work, subscription, given.Elements("items")).Where(change => change.IsOne).ToList();
        if (changes.Count == 0) return null;
        if (subscription.Text("status") == "incomplete")
            throw StripeErrorException.Invalid("You cannot change the items of a subscription whose first invoice is not paid.");
        var proration = given.Text("proration_behavior") ?? "create_prorations";
        var payment = given.Text("payment_behavior") ?? "allow_incomplete";
        if (payment == "pending_if_incomplete" && subscription.Child("pending_update") is not null)
            PendingUpdates.Expire(work, subscription);
        if (proration == "none")
        {
            changes.ForEach(change => change.Apply());
            return null;
        }

        var at = At(subscription, given, now);
        foreach (var item in changes.SelectMany(change => PendingItems.OfChange(work, subscription, change, at)))
        {
            work.Save(item);
            work.Emit("invoiceitem.created", item);
        }

        if (proration == "create_prorations")
        {
            changes.ForEach(change => change.Apply());
            return null;
        }

        var lines = PendingItems.Of(work, subscription).Select(Lines.OfPending).ToList();
        var invoice = Invoices.Bill(work, subscription, "subscription_update", lines, charge: payment != "default_incomplete");
        var paid = invoice.Text("status") is "paid" or "draft";
        if (!paid && payment == "error_if_incomplete") throw StripeErrorException.Declined();
        if (!paid && payment == "pending_if_incomplete")
        {
            PendingUpdates.Set(work, subscription, changes, invoice);
            return null;
        }

        changes.ForEach(change => change.Apply());
        return payment == "default_incomplete" ? null : invoice;
    }

    /// <summary>The moment a change is reckoned from: now, or the one given, within the running period.</summary>
    public static long At(JsonObject subscription, JsonObject given, long now)
    {
        var at = given.Number("proration_date") ?? now;
        var item = subscription.Data("items")[0];
        if (at < item.Number("current_period_start") || at > item.Number("current_period_end"))
            throw StripeErrorException.Invalid("`proration_date` must be within the current billing period.", param: "subscription_proration_date");
        return at;
    }
}
