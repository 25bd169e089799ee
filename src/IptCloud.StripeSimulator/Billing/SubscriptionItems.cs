using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Fixtures;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Billing;

internal static class SubscriptionItems
{
    public static JsonObject New(string subscription, JsonObject price, long quantity, long created, JsonObject given)
    {
        if (price.Child("recurring") is null)
            throw StripeErrorException.Invalid("The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.", param: "items[0][price]");
        var item = Fixture.New("subscription_item");
        item["id"] = Work.NewId("si");
        item["subscription"] = subscription;
        item["created"] = created;
        item["quantity"] = quantity;
        item["metadata"] = given["metadata"]?.DeepClone() ?? new JsonObject();
        SetPrice(item, price);
        return item;
    }

    public static void SetPrice(JsonObject item, JsonObject price)
    {
        item["price"] = price.DeepClone();
        var plan = Fixture.New("plan");
        plan.Take(price, "id", "active", "created", "currency", "livemode", "metadata", "nickname", "product", "billing_scheme");
        plan["amount"] = price["unit_amount"]?.DeepClone();
        plan["amount_decimal"] = price["unit_amount_decimal"]?.DeepClone();
        plan.Take(price.Child("recurring")!, "interval", "interval_count", "usage_type", "meter");
        item["plan"] = plan;
    }

    public static void SetPeriod(JsonObject subscription, long start, long end)
    {
        foreach (var item in subscription.Data("items"))
        {
            item["current_period_start"] = start;
            item["current_period_end"] = end;
        }
    }
}
