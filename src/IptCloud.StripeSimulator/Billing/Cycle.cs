using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Billing;

/// <summary>What happens by time alone.</summary>
internal static class Cycle
{
    /// <summary>Carries out, one after another and each at its moment, what is due on a clock.</summary>
    public static void Run(Work work, string? testClock, long until)
    {
        while (work.NextDue(testClock, until) is var (json, at))
        {
            work.Stand(testClock, at);
            Meet(work, json, at);
            work.Save(json);
        }

        work.Stand(testClock, null);
    }

    private static void Meet(Work work, JsonObject json, long now)
    {
        switch (json.Kind())
        {
            case "subscription":
                Meet(work, json, json.Text("status")!, now);
                break;
            case "invoice":
                json["next_payment_attempt"] = null;
                var subscription = work.Get(Invoices.SubscriptionOf(json), "subscription");
                Payments.Try(work, json, Cards.Of(work, subscription));
                Standing.AfterTry(work, json);
                break;
            case "checkout.session":
                json["status"] = "expired";
                json["url"] = null;
                work.Emit("checkout.session.expired", work.Save(json));
                break;
        }
    }

    private static void Meet(Work work, JsonObject subscription, string status, long now)
    {
        if (status == "incomplete") Ending.Now(work, subscription, "payment_failed", "incomplete_expired");
        else if (subscription.Child("pending_update")?.Number("expires_at") <= now) PendingUpdates.Expire(work, subscription);
        else if (subscription.Number("cancel_at") <= now) Ending.AtPeriodEnd(work, subscription);
        else if (status == "trialing" && subscription.Number("trial_end") > now)
        {
            subscription.Notes()["warned"] = true;
            work.Emit("customer.subscription.trial_will_end", work.Save(subscription));
        }
        else if (status == "trialing") EndTrial(work, subscription);
        else Renew(work, subscription, now);
    }

    /// <summary>Ends the trial at the clock's time, which becomes the anchor of all periods to come.</summary>
    public static void EndTrial(Work work, JsonObject subscription)
    {
        var before = subscription.Copy();
        var now = work.NowOf(subscription);
        subscription["trial_end"] = now;
        var missing = subscription.Child("trial_settings")!.Child("end_behavior")!.Text("missing_payment_method");
        if (Cards.Of(work, subscription) is null && missing == "cancel")
        {
            Ending.Now(work, subscription, "payment_failed");
            return;
        }

        if (Cards.Of(work, subscription) is null && missing == "pause")
        {
            subscription["status"] = "paused";
            work.Save(subscription);
            work.Emit("customer.subscription.paused", subscription, before);
            work.EmitChange("customer.subscription.updated", subscription, before);
            return;
        }

        subscription["status"] = "active";
        subscription["billing_cycle_anchor"] = now;
        work.Save(subscription);
        Renew(work, subscription, now, before);
    }

    /// <summary>Bills the coming period together with what waits from the past.</summary>
    public static void Renew(Work work, JsonObject subscription, long start, JsonObject? before = null, string reason = "subscription_cycle")
    {
        before ??= subscription.Copy();
        var price = subscription.Data("items")[0].Child("price")!;
        var end = Periods.After(start, subscription.Number("billing_cycle_anchor")!.Value, price);
        SubscriptionItems.SetPeriod(subscription, start, end);
        var lines = PendingItems.Of(work, subscription).Select(Lines.OfPending)
            .Concat(Coming(subscription, start, end)).ToList();
        work.Save(subscription);
        var invoice = Invoices.Bill(work, subscription, reason, lines);
        work.Save(subscription);
        work.EmitChange("customer.subscription.updated", subscription, before);
        Standing.AfterTry(work, invoice);
    }

    public static IEnumerable<JsonObject> Coming(JsonObject subscription, long start, long end) =>
        subscription.Data("items").Where(item => item.Number("quantity") > 0)
            .Select(item => Lines.ForPeriod(subscription, item, start, end, free: false));
}
