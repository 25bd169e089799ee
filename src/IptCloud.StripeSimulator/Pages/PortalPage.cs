using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Billing;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Pages;

internal static class PortalPage
{
    private const long LifeSeconds = 3600;

    public static PageAnswer Show(Work work, string id, string? done = null)
    {
        var session = work.Get(id, "billing_portal.session");
        if (Expired(work, session)) return Gone;
        var customer = work.Get(session.Text("customer"), "customer");
        var features = FeaturesOf(work, session);
        var subscriptions = work.All("subscription", customer.Id()).Where(s => s.Text("status") is not ("canceled" or "incomplete_expired")).ToList();
        return new PageAnswer(Html.Page("Billing", $"""
            {(done is null ? "" : $"<p class=\"done\" role=\"status\">{Html.Encode(done)}</p>")}
            <p>{Html.Encode(customer.Text("name") ?? customer.Text("email"))}</p>
            {string.Concat(subscriptions.Select(subscription => Subscription(id, subscription, features)))}
            {(features.Child("payment_method_update")!.Flag("enabled") ? Card(work, id, customer, subscriptions) : "")}
            {(features.Child("invoice_history")!.Flag("enabled") ? InvoicesOf(work, customer) : "")}
            {(session.Text("return_url") is null ? "" : Html.Button($"/p/{id}", "back", "Back"))}
            """), Leaves: [session.Text("return_url")]);
    }

    public static PageAnswer Post(Work work, string id, JsonObject form)
    {
        var session = work.Get(id, "billing_portal.session");
        if (Expired(work, session)) return Gone;
        var customer = work.Get(session.Text("customer"), "customer");
        var features = FeaturesOf(work, session);
        var action = form.Text("action");
        if (action is "card" or "declining" && !features.Child("payment_method_update")!.Flag("enabled")) return PageAnswer.Missing;
        if (action is "cancel" or "resume" && !features.Child("subscription_cancel")!.Flag("enabled")) return PageAnswer.Missing;
        switch (action)
        {
            case "back" when session.Text("return_url") is { } back:
                return PageAnswer.Go(back);
            case "card":
                customer.Notes()["declined"] = false; // it was the old card that was to be declined
                Cards.MakeDefault(work, customer, Cards.Attach(work, customer, CardKind.Works, Digits(form)));
                return Show(work, id, "The card was replaced by one that works.");
            case "declining":
                Cards.MakeDefault(work, customer, Cards.Attach(work, customer, CardKind.NeverCharges, Digits(form)));
                return Show(work, id, "The card was replaced by one that is declined.");
            case "cancel" or "resume":
                var subscription = work.Get(form.Text("subscription"), "subscription");
                if (subscription.Text("customer") != customer.Id()) return PageAnswer.Missing;
                var cancel = action == "cancel";
                Subscriptions.Update(work, subscription, new JsonObject { ["cancel_at_period_end"] = cancel });
                return Show(work, id, cancel ? "The subscription will end with its period." : "The subscription goes on.");
            default:
                return Show(work, id);
        }
    }

    private static PageAnswer Gone => new(Html.Page("This page has expired", "<p>Open it again from the shop.</p>"), 410);

    private static bool Expired(Work work, JsonObject session) => session.Number("created") + LifeSeconds < work.Now();

    private static JsonObject FeaturesOf(Work work, JsonObject session) =>
        work.Get(session.Text("configuration"), "billing_portal.configuration").Child("features")!;

    private static string? Digits(JsonObject form) => form.Text("digits") is { Length: 4 } digits ? digits : null;

    private static string Subscription(string id, JsonObject subscription, JsonObject features)
    {
        var item = subscription.Data("items")[0];
        var price = item.Child("price")!;
        var hidden = Html.Hidden("subscription", subscription.Id());
        var ends = subscription.Number("cancel_at");
        return $"""
            <section>
            <h2>Subscription</h2>
            <dl>
            <dt>State</dt><dd>{Html.Encode(subscription.Text("status"))}</dd>
            <dt>Seats</dt><dd>{item.Number("quantity")} at {Money.Text(price.Number("unit_amount")!.Value, price.Text("currency")!)} every {Html.Encode(price.Child("recurring")!.Text("interval"))}</dd>
            <dt>{(ends is null ? "Next invoice" : "Ends")}</dt><dd>{Html.Day(ends ?? item.Number("current_period_end")!.Value)}</dd>
            </dl>
            {(!features.Child("subscription_cancel")!.Flag("enabled") ? ""
                : ends is null ? Html.Button($"/p/{id}", "cancel", "Cancel at the end of the period", hidden: hidden)
                : Html.Button($"/p/{id}", "resume", "Do not cancel", hidden: hidden))}
            </section>
            """;
    }

    private static string Card(Work work, string id, JsonObject customer, List<JsonObject> subscriptions)
    {
        var method = subscriptions.Select(subscription => Cards.Of(work, subscription)).OfType<JsonObject>().FirstOrDefault()
            ?? work.Find(customer.Child("invoice_settings")!.Text("default_payment_method") ?? "");
        var card = method?.Child("card");
        return $"""
            <section aria-label="Card">
            <h2>Card</h2>
            <p>{(card is null ? "No card." : $"{Html.Encode(card.Text("brand"))} ending in {Html.Encode(card.Text("last4"))}, valid to {card.Number("exp_month"):00}/{card.Number("exp_year")}")}</p>
            <form method="post" action="/p/{Html.Encode(id)}">
            <label>Last four digits of the new card <input name="digits" value="{Cards.DigitsOf(customer.Id())}" inputmode="numeric" pattern="[0-9]{"{4}"}" maxlength="4" required autocomplete="off"></label>
            <div class="buttons">
            <button name="action" value="card" class="main">Replace by a card that works</button>
            <button name="action" value="declining">Replace by a card that is declined</button>
            </div>
            </form>
            </section>
            """;
    }

    private static string InvoicesOf(Work work, JsonObject customer) => $"""
        <section aria-label="Invoices">
        <h2>Invoices</h2>
        <ul class="plain">{string.Concat(work.All("invoice", customer.Id()).Where(invoice => invoice.Text("status") != "draft").Select(invoice =>
            $"<li><a href=\"/i/{Html.Encode(invoice.Id())}\">{Html.Encode(invoice.Text("number"))}</a>: {Html.Day(invoice.Number("created")!.Value)}, {Money.Text(invoice.Number("total")!.Value, invoice.Text("currency")!)}, {Html.Encode(invoice.Text("status"))}</li>"))}</ul>
        </section>
        """;
}
