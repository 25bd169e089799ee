using System.Text.Json.Nodes;

namespace IptCloud.StripeSimulator.Billing;

/// <summary>When time alone changes an object.</summary>
internal static class Due
{
    public const long Day = 86_400;
    public const long TimeToPayFirst = 23 * 3600;
    public const long TrialWarning = 3 * Day;

    /// <summary>The Unix second at which the object has to be looked at, or null.</summary>
    public static long? Of(JsonObject json) => json.Kind() switch
    {
        "subscription" => OfSubscription(json),
        "invoice" when json.Text("status") == "open" => json.Number("next_payment_attempt"),
        "checkout.session" when json.Text("status") == "open" => json.Number("expires_at"),
        _ => null,
    };

    private static long? OfSubscription(JsonObject subscription)
    {
        long? end = subscription.Data("items") is [var item, ..] ? item.Number("current_period_end") : null;
        switch (subscription.Text("status"))
        {
            case "incomplete":
                return subscription.Number("created") + TimeToPayFirst;
            case "trialing" when !subscription.Notes().Flag("warned"):
                return Least(subscription.Number("trial_end") - TrialWarning, subscription.Number("cancel_at"));
            case "trialing":
                return Least(subscription.Number("trial_end"), subscription.Number("cancel_at"));
            case "active" or "past_due" or "unpaid":
                return Least(Least(end, subscription.Number("cancel_at")), subscription.Child("pending_update")?.Number("expires_at"));
            case "paused":
                return subscription.Number("cancel_at");
            default:
                return null;
        }
    }

    private static long? Least(long? one, long? other) => one is null ? other : other is null ? one : Math.Min(one.Value, other.Value);
}
