using System.Text.Json.Nodes;

namespace IptCloud.StripeSimulator.Billing;

/// <summary>Plans to cancel, and their taking back.</summary>
internal static class Cancellation
{
    public static void Take(JsonObject subscription, JsonObject given, long now)
    {
        if (given.Child("cancellation_details") is { } details)
            subscription.Child("cancellation_details")!.Take(details, "comment", "feedback", "feedback_option");
        if (given.ContainsKey("cancel_at_period_end")) AtPeriodEnd(subscription, given.Flag("cancel_at_period_end"), now);
        if (given.ContainsKey("cancel_at"))
        {
            if (given.Number("cancel_at") <= now) throw StripeErrorException.Invalid("`cancel_at` must be in the future.", param: "cancel_at");
            Plan(subscription, given.Number("cancel_at"), now);
            subscription["cancel_at_period_end"] = false;
        }
    }

    public static void AtPeriodEnd(JsonObject subscription, bool cancel, long now)
    {
        if (subscription.Flag("cancel_at_period_end") == cancel) return;
        Plan(subscription, cancel ? subscription.Data("items")[0].Number("current_period_end") : null, now);
        subscription["cancel_at_period_end"] = cancel;
    }

    private static void Plan(JsonObject subscription, long? at, long now)
    {
        subscription["cancel_at"] = at;
        subscription["canceled_at"] = at is null ? null : now;
        subscription.Child("cancellation_details")!["reason"] = at is null ? null : "cancellation_requested";
    }
}
