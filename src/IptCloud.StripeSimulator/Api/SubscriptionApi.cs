using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Billing;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Api;

internal static class SubscriptionApi
{
    private const string Proration = "proration_behavior=always_invoice|create_prorations|none ";
    private const string Payment = "payment_behavior=allow_incomplete|default_incomplete|error_if_incomplete|pending_if_incomplete ";
    private const string Details = "cancellation_details{comment feedback=customer_service|low_quality|missing_features|other|switched_service|too_complex|too_expensive|unused} ";
    private const string Common = "metadata:map description default_payment_method automatic_tax{enabled!:bool} cancel_at_period_end:bool "
        + "trial_end:moment trial_settings{end_behavior!{missing_payment_method=cancel|create_invoice|pause billing_cycle_anchor=now|unchanged}} off_session:bool "
        + "payment_settings{save_default_payment_method=off|on_subscription payment_method_types[]} " + Proration + Payment;

    private const string Statuses = "status=active|all|canceled|ended|incomplete|incomplete_expired|past_due|paused|trialing|unpaid ";

    public static IEnumerable<Operation> Operations =>
    [
        new("POST", "subscriptions", "customer! items![price! quantity:int metadata:map] trial_period_days:int collection_method=charge_automatically " + Common,
            call => Subscriptions.Create(call.Work, call.Given)),
        new("GET", "subscriptions", Lists.Paging + "customer price test_clock created:range " + Statuses, List),
        new("GET", "subscriptions/{}", "", call => call.Work.Get(call.Id, "subscription")),
        new("POST", "subscriptions/{}", "items[id! price quantity:int metadata:map] proration_date:int cancel_at:int " + Details + Common,
            call => Subscriptions.Update(call.Work, call.Work.Get(call.Id, "subscription"), call.Given)),
        new("DELETE", "subscriptions/{}", "prorate:bool invoice_now:bool " + Details, Cancel),
        new("POST", "subscriptions/{}/resume", "billing_cycle_anchor{type!=now|unchanged} proration_date:int payment_behavior=resume_on_payment_attempt|resume_on_payment_success " + Proration, Resume),
        new("GET", "subscription_items", Lists.Paging + "subscription!", call => call.Page("/v1/subscription_items",
            call.Work.Get(call.Given.Text("subscription"), "subscription", "subscription").Data("items"))),
        new("GET", "subscription_items/{}", "", call => Holder(call).Item),
        new("POST", "subscription_items/{}", "price quantity:int proration_date:int metadata:map off_session:bool " + Proration + Payment, UpdateItem),
    ];

    private static JsonObject List(Call call)
    {
        var status = call.Given.Text("status");
        return call.Page("/v1/subscriptions", call.Work.All("subscription", call.Given.Text("customer")).Where(subscription =>
            status switch
            {
                "all" => true,
                null => subscription.Text("status") != "canceled",
                "ended" => subscription.Text("status") is "canceled" or "incomplete_expired",
                _ => subscription.Text("status") == status,
            }
            && (call.Given.Text("price") is not { } price || subscription.Data("items").Any(item => item.Child("price")!.Id() == price))));
    }

    private static JsonObject Cancel(Call call)
    {
        var work = call.Work;
        var subscription = work.Get(call.Id, "subscription");
        if (subscription.Text("status") is "canceled" or "incomplete_expired")
            throw StripeErrorException.Missing("subscription", call.Id);
        if (call.Given.Child("cancellation_details") is { } details)
            subscription.Child("cancellation_details")!.Take(details, "comment", "feedback");
        if (call.Given.Flag("prorate"))
            foreach (var item in PendingItems.OfEnd(work, subscription, work.NowOf(subscription)))
            {
                work.Save(item);
                work.Emit("invoiceitem.created", item);
            }

        if (call.Given.Flag("invoice_now") && PendingItems.Of(work, subscription).Select(Lines.OfPending).ToList() is { Count: > 0 } lines)
            Invoices.Bill(work, subscription, "subscription_update", lines);
        Ending.Now(work, subscription, "cancellation_requested");
        return subscription;
    }

    private static JsonObject Resume(Call call)
    {
        var subscription = call.Work.Get(call.Id, "subscription");
        if (subscription.Text("status") != "paused")
            throw StripeErrorException.Invalid("Subscription must be paused to be resumed.");
        var now = call.Work.NowOf(subscription);
        subscription["billing_cycle_anchor"] = now;
        Cycle.Renew(call.Work, subscription, now, reason: "subscription_update");
        return subscription;
    }

    private static JsonObject UpdateItem(Call call)
    {
        var (subscription, item) = Holder(call);
        item.TakeMetadata(call.Given);
        var wish = call.Given.Copy();
        wish["id"] = item.Id();
        var change = new JsonObject { ["items"] = new JsonArray(wish) };
        change.Take(call.Given, "proration_behavior", "proration_date", "payment_behavior");
        Subscriptions.Update(call.Work, subscription, change);
        return item;
    }

    private static (JsonObject Subscription, JsonObject Item) Holder(Call call)
    {
        foreach (var subscription in call.Work.All("subscription"))
            if (subscription.Data("items").FirstOrDefault(item => item.Id() == call.Id) is { } item) return (subscription, item);
        throw StripeErrorException.Missing("subscription_item", call.Id);
    }
}
