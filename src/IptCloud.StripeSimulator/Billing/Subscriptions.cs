using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Billing;

internal static class Subscriptions
{
    /// <summary>Begins a subscription with the parameters of Stripe's create call.</summary>
    public static JsonObject Create(Work work, JsonObject given)
    {
        var customer = work.Get(given.Text("customer"), "customer", "customer");
        var now = work.NowOf(customer);
        var subscription = work.New("subscription", "sub", customer.Text("test_clock"));
        subscription["customer"] = customer.Id();
        subscription.Set(now, "start_date", "billing_cycle_anchor");
        subscription.Take(given, "description", "default_payment_method", "automatic_tax", "trial_settings", "payment_settings");
        Defaults.Fill(subscription, "subscription");
        subscription.TakeMetadata(given);
        var items = given.Elements("items").Select(wish => SubscriptionItems.New(subscription.Id(),
            work.Get(wish.Text("price"), "price", "items[0][price]"), wish.Number("quantity") ?? 1, now, wish)).ToList();
        if (items.Count == 0) throw StripeErrorException.Refused("Missing required param: items.", "parameter_missing", "items");
        subscription["items"] = Json.List($"/v1/subscription_items?subscription={subscription.Id()}", items);
        subscription["currency"] = items[0].Child("price")!.Text("currency");
        if (subscription.Text("default_payment_method") is { } id) work.Get(id, "payment_method", "default_payment_method");
        var trialEnd = TrialEnd(given, now);
        var free = trialEnd is not null || items.Sum(item => item.Number("quantity") * item.Child("price")!.Number("unit_amount")) == 0;
        var behaviour = given.Text("payment_behavior") ?? "allow_incomplete";
        if (!free && behaviour != "default_incomplete" && Cards.Of(work, subscription) is null)
            throw StripeErrorException.Invalid("This customer has no attached payment source or default payment method. Please consider adding a default payment method.", "resource_missing");
        var end = trialEnd ?? Periods.After(now, now, items[0].Child("price")!);
        SubscriptionItems.SetPeriod(subscription, now, end);
        subscription["status"] = trialEnd is not null ? "trialing" : free ? "active" : "incomplete";
        if (trialEnd is not null)
        {
            subscription["trial_start"] = now;
            subscription.Set(trialEnd, "trial_end", "billing_cycle_anchor");
            if (trialEnd - now <= Due.TrialWarning) subscription.Notes()["warned"] = true;
        }

        if (given.Flag("cancel_at_period_end")) Cancellation.AtPeriodEnd(subscription, true, now);
        work.Save(subscription);
        var created = subscription.Copy();
        var lines = items.Select(item => Lines.ForPeriod(subscription, item, now, end, free: trialEnd is not null)).ToList();
        work.Emit("customer.subscription.created", subscription);
        var invoice = Invoices.Bill(work, subscription, "subscription_create", lines, charge: behaviour != "default_incomplete");
        if (invoice.Text("status") != "paid" && behaviour == "error_if_incomplete") throw StripeErrorException.Declined();
        if (invoice.Text("status") == "paid" && subscription.Text("status") == "incomplete") subscription["status"] = "active";
        work.Save(subscription);
        work.EmitChange("customer.subscription.updated", subscription, created);
        return subscription;
    }

    /// <summary>Changes a subscription with the parameters of Stripe's update call.</summary>
    public static JsonObject Update(Work work, JsonObject subscription, JsonObject given)
    {
        var before = subscription.Copy();
        var now = work.NowOf(subscription);
        if (subscription.Text("status") is "canceled" or "incomplete_expired"
            && given.Any(field => field.Key is not ("metadata" or "cancellation_details" or "expand")))
            throw StripeErrorException.Invalid("A canceled subscription can only update its cancellation_details and metadata.");
        var pendingOnly = given.Text("payment_behavior") == "pending_if_incomplete";
        if (pendingOnly && given.FirstOrDefault(field => field.Key is "metadata" or "cancel_at_period_end" or "cancel_at" or "description"
            or "default_payment_method" or "cancellation_details").Key is { } key)
            throw StripeErrorException.Refused($"When `payment_behavior` is `pending_if_incomplete`, you cannot pass `{key}`.", null, key);

        subscription.Take(given, "description", "default_payment_method", "automatic_tax", "trial_settings", "payment_settings");
        Defaults.Fill(subscription, "subscription");
        subscription.TakeMetadata(given);
        Cancellation.Take(subscription, given, now);
        var invoice = QuantityChange.Make(work, subscription, given, now);
        if (given.ContainsKey("trial_end")) MoveTrialEnd(work, subscription, given, now);
        work.Save(subscription);
        work.EmitChange("customer.subscription.updated", subscription, before);
        if (invoice is not null) Standing.AfterTry(work, invoice);
        return subscription;
    }

    private static void MoveTrialEnd(Work work, JsonObject subscription, JsonObject given, long now)
    {
        if (subscription.Text("status") != "trialing")
            throw StripeErrorException.Invalid("The simulator moves the end of a trial only while it runs.", param: "trial_end");
        if (TrialEnd(given, now) is { } end)
        {
            subscription.Set(end, "trial_end", "billing_cycle_anchor");
            subscription.Notes().Remove("warned");
            foreach (var item in subscription.Data("items")) item["current_period_end"] = end;
            if (subscription.Flag("cancel_at_period_end")) subscription["cancel_at"] = end;
        }
        else
        {
            Cycle.EndTrial(work, subscription);
        }
    }

    /// <summary>The trial's end in Unix seconds; null for none.</summary>
    private static long? TrialEnd(JsonObject given, long now)
    {
        if (given.Text("trial_end") == "now") return null;
        if (given.Number("trial_end") is not { } end) return given.Number("trial_period_days") is > 0 and var days ? now + days * Due.Day : null;
        if (end <= now) throw StripeErrorException.Invalid("`trial_end` must be in the future.", param: "trial_end");
        return end;
    }
}
