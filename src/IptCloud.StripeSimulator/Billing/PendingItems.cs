using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Billing;

/// <summary>Prorations that wait for an invoice.</summary>
internal static class PendingItems
{
    /// <summary>The two sides of a change within a period, by the second: the rest of the old given back, the rest of
    /// the new charged. Not saved.</summary>
    public static IReadOnlyList<JsonObject> OfChange(Work work, JsonObject subscription, ItemChange change, long at)
    {
        var items = new List<JsonObject>();
        if (!change.IsOne) return items;
        var item = change.Item;
        items.Add(New(work, subscription, item, item.Child("price")!, item.Number("quantity")!.Value, at, credit: true));
        if (change.Quantity > 0) items.Add(New(work, subscription, item, change.Price, change.Quantity, at, credit: false));
        return items;
    }

    /// <summary>The rest of a period given back, because the subscription ends.</summary>
    public static IReadOnlyList<JsonObject> OfEnd(Work work, JsonObject subscription, long at) =>
        [.. subscription.Data("items").Select(item =>
            New(work, subscription, item, item.Child("price")!, item.Number("quantity")!.Value, at, credit: true))];

    /// <summary>Oldest first.</summary>
    public static IReadOnlyList<JsonObject> Of(Work work, JsonObject subscription) =>
        [.. work.All("invoiceitem", subscription.Text("customer"))
            .Where(item => item["invoice"] is null && item.Notes().Text("subscription") == subscription.Id())
            .Reverse()];

    private static JsonObject New(
        Work work, JsonObject subscription, JsonObject item, JsonObject price, long quantity, long at, bool credit)
    {
        long start = item.Number("current_period_start")!.Value, end = item.Number("current_period_end")!.Value;
        var unit = subscription.Text("status") == "trialing" ? 0 : price.Number("unit_amount")!.Value;
        var part = Proration.Part(unit, quantity, end - at, end - start);
        var pending = work.New("invoiceitem", "ii", subscription.Text("test_clock"));
        pending["customer"] = subscription.Text("customer");
        pending["date"] = at;
        pending["currency"] = price.Text("currency");
        pending.Set(credit ? -part : part, "amount", "net_amount");
        pending["quantity"] = quantity;
        pending["quantity_decimal"] = Money.Decimal(quantity);
        pending["proration"] = true;
        pending["discountable"] = false;
        pending["description"] = $"{(credit ? "Unused" : "Remaining")} time on {quantity} × seat after {DateTimeOffset.FromUnixTimeSeconds(at):d MMM yyyy}";
        pending["period"] = new JsonObject { ["start"] = at, ["end"] = end };
        pending["pricing"] = Lines.Pricing(price);
        pending["parent"] = new JsonObject
        {
            ["type"] = "subscription_details",
            ["subscription_details"] = new JsonObject { ["subscription"] = subscription.Id(), ["subscription_item"] = item.Id() },
        };
        var notes = pending.Notes();
        notes["subscription"] = subscription.Id();
        notes["item"] = item.Id();
        notes["credit"] = credit;
        notes["credited_invoice"] = subscription.Text("latest_invoice");
        notes["price"] = price.DeepClone();
        return pending;
    }
}
