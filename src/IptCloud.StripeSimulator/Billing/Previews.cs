using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Billing;

internal static class Previews
{
    /// <summary>The invoice that a change would cause at once, or without one the next regular invoice. Nothing is kept.</summary>
    public static JsonObject Of(Work work, JsonObject given)
    {
        var subscription = work.Get(given.Text("subscription"), "subscription", "subscription").Copy();
        if (given.Text("customer") is { } customer && customer != subscription.Text("customer"))
            throw StripeErrorException.Invalid($"The subscription does not belong to the customer {customer}.", param: "customer");
        if (subscription.Text("status") is "canceled" or "incomplete_expired" or "paused")
            throw StripeErrorException.Invalid("No upcoming invoices for this subscription.", "invoice_upcoming_none");
        var details = given.Child("subscription_details") ?? [];
        var now = work.NowOf(subscription);
        var changes = ItemChange.Of(work, subscription, details.Elements("items")).Where(change => change.IsOne).ToList();
        var behaviour = details.Text("proration_behavior") ?? "create_prorations";
        var pending = PendingItems.Of(work, subscription).ToList();
        if (behaviour != "none")
        {
            var at = QuantityChange.At(subscription, details, now);
            pending.AddRange(changes.SelectMany(change => PendingItems.OfChange(work, subscription, change, at)));
        }

        var trialing = subscription.Text("status") == "trialing";
        changes.ForEach(change => change.Apply());
        if (details.ContainsKey("cancel_at_period_end")) Cancellation.AtPeriodEnd(subscription, details.Flag("cancel_at_period_end"), now);
        var lines = pending.Select(Lines.OfPending).ToList();
        var atOnce = behaviour == "always_invoice" && changes.Count > 0;
        if (!atOnce)
        {
            if (subscription["cancel_at"] is not null && lines.Count == 0)
                throw StripeErrorException.Invalid("No upcoming invoices for this subscription.", "invoice_upcoming_none");
            var start = subscription.Data("items")[0].Number("current_period_end")!.Value;
            var anchor = trialing ? start : subscription.Number("billing_cycle_anchor")!.Value;
            if (subscription["cancel_at"] is null)
                lines.AddRange(Cycle.Coming(subscription, start, Periods.After(start, anchor, subscription.Data("items")[0].Child("price")!)));
        }

        var invoice = Invoices.Draft(work, subscription, atOnce ? "subscription_update" : "upcoming", lines);
        invoice["id"] = $"upcoming_{invoice.Id()}";
        if (!atOnce) invoice["next_payment_attempt"] = subscription.Data("items")[0].Number("current_period_end");
        return invoice;
    }
}
