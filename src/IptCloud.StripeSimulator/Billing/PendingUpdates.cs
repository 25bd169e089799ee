using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Billing;

/// <summary>Changes that take effect only once their invoice is paid.</summary>
internal static class PendingUpdates
{
    public static void Set(Work work, JsonObject subscription, IReadOnlyList<ItemChange> changes, JsonObject invoice)
    {
        var items = subscription.Data("items").Select(item => item.Copy()).ToList();
        foreach (var change in changes)
        {
            var item = items.First(item => item.Id() == change.Item.Id());
            item["quantity"] = change.Quantity;
            if (change.Price.Id() != item.Child("price")!.Id()) SubscriptionItems.SetPrice(item, change.Price);
        }

        subscription["pending_update"] = new JsonObject
        {
            ["billing_cycle_anchor"] = null,
            ["cancel_at_period_end"] = null,
            ["discount"] = null,
            ["discounts"] = null,
            ["expires_at"] = work.NowOf(subscription) + Due.TimeToPayFirst,
            ["metadata"] = null,
            ["subscription_items"] = new JsonArray([.. items]),
            ["trial_end"] = null,
            ["trial_from_plan"] = null,
        };
        subscription.Notes()["pending_invoice"] = invoice.Id();
    }

    public static void Apply(Work work, JsonObject subscription)
    {
        foreach (var wanted in subscription.Child("pending_update")!.Elements("subscription_items"))
        {
            var item = subscription.Data("items").First(item => item.Id() == wanted.Id());
            item["quantity"] = wanted["quantity"]!.DeepClone();
            SubscriptionItems.SetPrice(item, wanted.Child("price")!);
        }

        Clear(subscription);
    }

    public static void Expire(Work work, JsonObject subscription)
    {
        var before = subscription.Copy();
        if (subscription.Notes().Text("pending_invoice") is { } id && work.Find(id) is { } invoice) Invoices.Void(work, invoice);
        Clear(subscription);
        work.Save(subscription);
        work.Emit("customer.subscription.pending_update_expired", subscription, before);
        work.EmitChange("customer.subscription.updated", subscription, before);
    }

    private static void Clear(JsonObject subscription)
    {
        subscription["pending_update"] = null;
        subscription.Notes().Remove("pending_invoice");
    }
}
