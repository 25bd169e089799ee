using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Billing;

/// <summary>What a subscription's item is to become.</summary>
internal sealed record ItemChange(JsonObject Item, JsonObject Price, long Quantity)
{
    public bool IsOne => Quantity != Item.Number("quantity") || Price.Id() != Item.Child("price")!.Id();

    public static IReadOnlyList<ItemChange> Of(Work work, JsonObject subscription, IEnumerable<JsonObject> given)
    {
        var changes = new List<ItemChange>();
        foreach (var wish in given)
        {
            var item = subscription.Data("items").FirstOrDefault(item => item.Id() == wish.Text("id"))
                ?? throw StripeErrorException.Missing("subscription item", wish.Text("id") ?? "", "items[0][id]");
            var price = wish.Text("price") is { } id ? work.Get(id, "price", "items[0][price]") : item.Child("price")!;
            changes.Add(new ItemChange(item, price, wish.Number("quantity") ?? item.Number("quantity")!.Value));
        }

        return changes;
    }

    public void Apply()
    {
        Item["quantity"] = Quantity;
        if (Price.Id() != Item.Child("price")!.Id()) SubscriptionItems.SetPrice(Item, Price);
    }
}
