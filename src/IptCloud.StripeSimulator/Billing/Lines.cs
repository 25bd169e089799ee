using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Billing;

/// <summary>What invoices consist of.</summary>
internal static class Lines
{
    /// <summary>A whole coming period of an item, or a trial of it for nothing.</summary>
    public static JsonObject ForPeriod(JsonObject subscription, JsonObject item, long start, long end, bool free)
    {
        var price = item.Child("price")!;
        var quantity = item.Number("quantity")!.Value;
        var line = Line(price, quantity, free ? 0 : price.Number("unit_amount")!.Value * quantity, start, end);
        line["description"] = free
            ? "Free trial"
            : $"{quantity} × seat (at {Money.Text(price.Number("unit_amount")!.Value, price.Text("currency")!)} / {price.Child("recurring")!.Text("interval")})";
        line["parent"] = new JsonObject
        {
            ["type"] = "subscription_item_details",
            ["invoice_item_details"] = null,
            ["subscription_item_details"] = new JsonObject
            {
                ["invoice_item"] = null,
                ["proration"] = false,
                ["proration_details"] = new JsonObject { ["credited_items"] = null },
                ["subscription"] = subscription.Id(),
                ["subscription_item"] = item.Id(),
            },
        };
        line["subscription"] = subscription.Id();
        return line;
    }

    public static JsonObject OfPending(JsonObject pending)
    {
        var notes = pending.Notes();
        var line = Line(pending.Notes().Child("price")!, pending.Number("quantity")!.Value, pending.Number("amount")!.Value,
            pending.Child("period")!.Number("start")!.Value, pending.Child("period")!.Number("end")!.Value);
        var subscription = notes.Text("subscription");
        line["description"] = pending.Text("description");
        line["discountable"] = false;
        line["subscription"] = subscription;
        line["parent"] = new JsonObject
        {
            ["type"] = "subscription_item_details",
            ["invoice_item_details"] = null,
            ["subscription_item_details"] = new JsonObject
            {
                ["invoice_item"] = pending.Id(),
                ["proration"] = true,
                ["proration_details"] = new JsonObject
                {
                    ["credited_items"] = notes.Flag("credit")
                        ? new JsonObject { ["invoice"] = notes.Text("credited_invoice"), ["invoice_line_items"] = new JsonArray() }
                        : null,
                },
                ["subscription"] = subscription,
                ["subscription_item"] = notes.Text("item"),
            },
        };
        return line;
    }

    private static JsonObject Line(JsonObject price, long quantity, long amount, long start, long end)
    {
        var line = Fixtures.Fixture.New("line_item");
        line["id"] = Work.NewId("il");
        line.Set(amount, "amount", "subtotal");
        line["currency"] = price.Text("currency");
        line["quantity"] = quantity;
        line["quantity_decimal"] = Money.Decimal(quantity);
        line["metadata"] = new JsonObject();
        line["period"] = new JsonObject { ["start"] = start, ["end"] = end };
        line["pricing"] = Pricing(price);
        return line;
    }

    public static JsonObject Pricing(JsonObject price) => new()
    {
        ["type"] = "price_details",
        ["price_details"] = new JsonObject { ["price"] = price.Id(), ["product"] = price.Text("product") },
        ["unit_amount_decimal"] = price.Text("unit_amount_decimal"),
    };
}
