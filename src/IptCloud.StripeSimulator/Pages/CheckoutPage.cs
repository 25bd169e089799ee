using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Api;
using IptCloud.StripeSimulator.Billing;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Pages;

internal static class CheckoutPage
{
    public static PageAnswer Show(Work work, string id, string? problem = null)
    {
        var session = work.Get(id, "checkout.session");
        if (session.Text("status") == "complete")
            return new PageAnswer(Html.Page("Already paid", $"""
                <p>This checkout is complete. Nothing can be paid twice.</p>
                <p><a class="button" href="{Html.Encode(SuccessOf(session))}">Back to the shop</a></p>
                """));
        if (session.Text("status") == "expired")
            return new PageAnswer(Html.Page("This checkout has expired", $"<p>Nothing was paid. Begin again in the shop.</p>{Back(session)}"), 410);

        var lines = session.Notes().Elements("line_items").ToList();
        var currency = session.Text("currency")!;
        var first = FirstCharge(work, session);
        var price = lines[0].Child("price")!;
        var sum = lines.Sum(line => line.Number("amount_total")!.Value);
        var now = work.Now();
        var digits = Cards.DigitsOf(session.Text("customer") ?? session.Id());
        return new PageAnswer(Html.Page("Subscribe", $"""
            {(problem is null ? "" : $"<p class=\"problem\" role=\"alert\">{Html.Encode(problem)}</p>")}
            <table>
            <caption>What you subscribe to</caption>
            <thead><tr><th scope="col">What</th><th scope="col" class="number">How many</th><th scope="col" class="number">Each</th><th scope="col" class="number">Sum</th></tr></thead>
            <tbody>{string.Concat(lines.Select(line => $"<tr><td>{Html.Encode(line.Text("description"))}</td><td class=\"number\">{line.Number("quantity")}</td><td class=\"number\">{Money.Text(line.Child("price")!.Number("unit_amount")!.Value, currency)}</td><td class=\"number\">{Money.Text(line.Number("amount_total")!.Value, currency)}</td></tr>"))}</tbody>
            </table>
            <dl>
            <dt>Every {Html.Encode(price.Child("recurring")!.Text("interval"))}</dt><dd>{Money.Text(sum, currency)}</dd>
            <dt>Due today</dt><dd>{Money.Text(first > now ? 0 : sum, currency)}</dd>
            <dt>First charged</dt><dd>{(first > now ? Html.Day(first) : "today")}</dd>
            </dl>
            <form method="post" action="/c/{Html.Encode(id)}">
            <label>Last four digits of the card <input name="digits" value="{digits}" inputmode="numeric" pattern="[0-9]{"{4}"}" maxlength="4" required autocomplete="off" aria-describedby="digits-note"></label>
            <p id="digits-note" class="note">The same digits are the same card, also for other customers.</p>
            <div class="buttons">
            <button name="action" value="pay" class="main">Pay with working card</button>
            <button name="action" value="decline">Pay with a card that is declined</button>
            <button name="action" value="later">Pay with a card that works now and is declined later</button>
            </div>
            </form>
            {(session.Text("cancel_url") is null ? "" : Html.Button($"/c/{id}", "close", "Close"))}
            """), Leaves: [session.Text("success_url"), session.Text("cancel_url")]);
    }

    public static PageAnswer Post(Work work, string id, JsonObject form)
    {
        var session = work.Get(id, "checkout.session");
        if (form.Text("action") == "close") return session.Text("cancel_url") is { } back ? PageAnswer.Go(back) : Show(work, id);
        // The second of two clicks finds what the first has done.
        if (session.Text("status") == "complete") return PageAnswer.Go(SuccessOf(session));
        if (session.Text("status") != "open") return Show(work, id);
        CardKind? kind = form.Text("action") switch
        {
            "pay" => CardKind.Works,
            "later" => CardKind.DeclinedLater,
            "decline" => CardKind.Declined,
            _ => null,
        };
        if (kind is null) return Show(work, id);
        work.Mark();
        try
        {
            Complete(work, session, kind.Value, form.Text("digits") is { Length: 4 } digits ? digits : null);
        }
        catch (StripeErrorException error) when (error.Status == 402)
        {
            work.BackToMark();
            return Show(work, id, "Your card was declined. Try another card.");
        }

        return PageAnswer.Go(SuccessOf(session));
    }

    private static void Complete(Work work, JsonObject session, CardKind kind, string? digits)
    {
        var given = session.Notes().Child("given")!;
        var customer = session.Text("customer") is { } id ? work.Get(id, "customer") : NewCustomer(work, session);
        var wish = given.Child("subscription_data")?.Copy() ?? [];
        wish["customer"] = customer.Id();
        wish["default_payment_method"] = Cards.Attach(work, customer, kind, digits).Id();
        wish["payment_behavior"] = "error_if_incomplete";
        wish["items"] = given["line_items"]!.DeepClone();
        if (given.Child("automatic_tax") is { } tax) wish["automatic_tax"] = new JsonObject { ["enabled"] = tax.Flag("enabled"), ["liability"] = null, ["disabled_reason"] = null };
        var subscription = Subscriptions.Create(work, wish);
        session["status"] = "complete";
        session["payment_status"] = session.Number("amount_total") == 0 ? "no_payment_required" : "paid";
        session["customer"] = customer.Id();
        session["subscription"] = subscription.Id();
        session["invoice"] = subscription.Text("latest_invoice");
        session["customer_details"] = CheckoutApi.Details(customer);
        session["url"] = null;
        work.Save(session);
        work.Emit("checkout.session.completed", session);
    }

    private static JsonObject NewCustomer(Work work, JsonObject session)
    {
        var customer = work.New("customer", "cus");
        customer["email"] = session.Text("customer_email") ?? "someone@example.com";
        work.Save(customer);
        work.Emit("customer.created", customer);
        return customer;
    }

    private static long FirstCharge(Work work, JsonObject session)
    {
        var data = session.Notes().Child("given")!.Child("subscription_data");
        return data?.Number("trial_end") ?? work.Now() + (data?.Number("trial_period_days") ?? 0) * Due.Day;
    }

    private static string SuccessOf(JsonObject session) =>
        session.Text("success_url")!.Replace("{CHECKOUT_SESSION_ID}", session.Id(), StringComparison.Ordinal);

    private static string Back(JsonObject session) =>
        session.Text("cancel_url") is { } back ? $"<p><a class=\"button\" href=\"{Html.Encode(back)}\">Back to the shop</a></p>" : "";
}
