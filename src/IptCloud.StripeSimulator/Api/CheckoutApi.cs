using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Billing;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Api;

internal static class CheckoutApi
{
    private const string Settings = """
        mode!=subscription customer customer_email client_reference_id success_url! cancel_url metadata:map expires_at:int
        customer_update{address=auto|never name=auto|never shipping=auto|never} line_items![price! quantity:int]
        payment_method_collection=always|if_required tax_id_collection{enabled!:bool required=if_supported|never}
        automatic_tax{enabled!:bool} billing_address_collection=auto|required allow_promotion_codes:bool locale
        payment_method_types[] ui_mode=hosted_page
        subscription_data{trial_end:int trial_period_days:int description metadata:map default_tax_rates[]
            trial_settings{end_behavior!{missing_payment_method!=cancel|create_invoice|pause}}}
        """;

    public static IEnumerable<Operation> Operations =>
    [
        new("POST", "checkout/sessions", Settings, Create),
        new("GET", "checkout/sessions", Lists.Paging + "customer status=open|complete|expired subscription created:range", call =>
            call.Page("/v1/checkout/sessions", call.Work.All("checkout.session", call.Given.Text("customer"))
                .Where(session => (call.Given.Text("status") is not { } status || session.Text("status") == status)
                    && (call.Given.Text("subscription") is not { } subscription || session.Text("subscription") == subscription)))),
        new("GET", "checkout/sessions/{}", "", call => call.Work.Get(call.Id, "checkout.session")),
        new("GET", "checkout/sessions/{}/line_items", Lists.Paging, call => Json.List($"/v1/checkout/sessions/{call.Id}/line_items",
            call.Work.Get(call.Id, "checkout.session").Notes().Elements("line_items").Select(line => line.Copy()))),
        new("POST", "checkout/sessions/{}/expire", "", Expire),
    ];

    private static JsonObject Create(Call call)
    {
        var given = call.Given;
        var work = call.Work;
        var customer = given.Text("customer") is { } id ? work.Get(id, "customer", "customer") : null;
        if (customer is not null && given.ContainsKey("customer_email"))
            throw StripeErrorException.Invalid("You may only specify one of these parameters: customer, customer_email.", param: "customer_email");
        if (given.Child("tax_id_collection") is { } tax && tax.Flag("enabled") && customer is not null
            && given.Child("customer_update")?.Text("name") != "auto")
            throw StripeErrorException.Invalid("Tax ID collection requires updating business name on the customer. To enable tax ID collection for an existing customer, please set `customer_update[name]` to `auto`.");
        var now = work.Now(customer?.Text("test_clock"));
        var session = work.New("checkout.session", "cs_test");
        session["created"] = now;
        session["expires_at"] = given.Number("expires_at") ?? now + Due.Day;
        if (session.Number("expires_at") < now + 1800 || session.Number("expires_at") > now + Due.Day)
            throw StripeErrorException.Invalid("The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.", param: "expires_at");
        if (given.Child("subscription_data")?.Number("trial_end") is { } trialEnd && trialEnd < now + 2 * Due.Day)
            throw StripeErrorException.Invalid("The `trial_end` date has to be at least 2 days in the future.", param: "subscription_data[trial_end]");
        session.Take(given, "mode", "customer", "customer_email", "client_reference_id", "success_url", "cancel_url",
            "billing_address_collection", "allow_promotion_codes", "locale", "automatic_tax");
        session["payment_method_collection"] = given.Text("payment_method_collection") ?? "always";
        if (given.ContainsKey("tax_id_collection"))
            session["tax_id_collection"] = new JsonObject { ["enabled"] = given.Child("tax_id_collection")!.Flag("enabled"), ["required"] = given.Child("tax_id_collection")!.Text("required") ?? "never" };
        Defaults.Fill(session, "checkout.session");
        session.TakeMetadata(given);
        var lines = given.Elements("line_items").Select(line => Line(call, line)).ToList();
        session["currency"] = lines[0].Text("currency");
        session.Set(TrialOf(given) ? 0 : lines.Sum(line => line.Number("amount_total")!.Value), "amount_subtotal", "amount_total");
        session["url"] = $"{work.Site}c/{session.Id()}";
        if (customer is not null) session["customer_details"] = Details(customer);
        var notes = session.Notes();
        notes["given"] = given.DeepClone();
        notes["line_items"] = new JsonArray([.. lines]);
        return work.Save(session);
    }

    public static JsonObject Details(JsonObject customer) => new()
    {
        ["address"] = customer["address"]?.DeepClone(),
        ["business_name"] = null,
        ["email"] = customer.Text("email"),
        ["individual_name"] = null,
        ["name"] = customer.Text("name"),
        ["phone"] = customer.Text("phone"),
        ["tax_exempt"] = customer.Text("tax_exempt"),
        ["tax_ids"] = new JsonArray(),
    };

    private static bool TrialOf(JsonObject given) =>
        given.Child("subscription_data") is { } data && (data.Number("trial_end") ?? data.Number("trial_period_days")) is not null;

    private static JsonObject Line(Call call, JsonObject given)
    {
        var price = call.Work.Get(given.Text("price"), "price", "line_items[0][price]");
        if (price.Child("recurring") is null)
            throw StripeErrorException.Invalid("You must provide at least one recurring price in `subscription` mode when using prices.", param: "mode");
        var line = Fixtures.Fixture.New("item");
        var quantity = given.Number("quantity") ?? throw StripeErrorException.Refused("Missing required param: line_items[0][quantity].", "parameter_missing", "line_items[0][quantity]");
        line["id"] = Work.NewId("li");
        line["price"] = price.DeepClone();
        line["quantity"] = quantity;
        line["currency"] = price.Text("currency");
        line["description"] = call.Work.Find(price.Text("product")!)?.Text("name");
        line.Set(quantity * price.Number("unit_amount")!.Value, "amount_subtotal", "amount_total");
        return line;
    }

    private static JsonObject Expire(Call call)
    {
        var session = call.Work.Get(call.Id, "checkout.session");
        if (session.Text("status") != "open")
            throw StripeErrorException.Invalid($"Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of {session.Text("status")}.");
        session["status"] = "expired";
        session["url"] = null;
        call.Work.Save(session);
        call.Work.Emit("checkout.session.expired", session);
        return session;
    }
}
