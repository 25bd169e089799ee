using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Billing;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Api;

internal static class CustomerApi
{
    private const string Address = "{city country line1 line2 postal_code state} ";

    private const string Fields = "name email phone description metadata:map address" + Address
        + "shipping{name! phone address" + Address + "} preferred_locales[] tax_exempt=none|exempt|reverse "
        + "invoice_settings{default_payment_method footer} balance:int ";

    private const string TaxTypes = "type!=eu_vat|gb_vat|ch_vat|no_vat|us_ein|ca_gst_hst|ca_bn|au_abn|nz_gst|de_stn|il_vat|in_gst ";

    public static IEnumerable<Operation> Operations =>
    [
        new("POST", "customers", Fields + "payment_method test_clock tax_id_data[" + TaxTypes + "value!]", Create),
        new("GET", "customers", Lists.Paging + "email created:range test_clock", call => call.Page("/v1/customers",
            call.Work.All("customer").Where(customer => Equal(call, customer, "email") && Equal(call, customer, "test_clock")))),
        new("GET", "customers/{}", "", call => call.Work.Get(call.Id, "customer")),
        new("POST", "customers/{}", Fields, Update),
        new("DELETE", "customers/{}", "", Delete),
        new("POST", "customers/{}/tax_ids", TaxTypes + "value!", call =>
            AddTaxId(call, call.Work.Get(call.Id, "customer", "customer"), call.Given)),
        new("GET", "customers/{}/tax_ids", Lists.Paging, call => call.Page($"/v1/customers/{call.Id}/tax_ids", call.Work.All("tax_id", call.Id))),
        new("DELETE", "customers/{}/tax_ids/{}", "", DeleteTaxId),
        new("GET", "customers/{}/payment_methods", Lists.Paging + "type=card allow_redisplay=always|limited|unspecified", call => PaymentMethods(call, call.Id)),
        new("GET", "payment_methods", Lists.Paging + "customer type=card", call => PaymentMethods(call, call.Given.Text("customer"))),
        new("GET", "payment_methods/{}", "", call => call.Work.Get(call.Id, "payment_method")),
        new("POST", "payment_methods/{}/attach", "customer!", Attach),
        new("POST", "payment_methods/{}/detach", "", Detach),
    ];

    private static bool Equal(Call call, JsonObject json, string name) => call.Given.Text(name) is not { } wanted || json.Text(name) == wanted;

    private static JsonObject Create(Call call)
    {
        if (call.Given.Text("test_clock") is { } clock) call.Work.Get(clock, "test_helpers.test_clock", "test_clock");
        var customer = call.Work.New("customer", "cus", call.Given.Text("test_clock"));
        customer["invoice_prefix"] = Work.NewId("x")[2..10].ToUpperInvariant();
        Take(call, customer);
        call.Work.Save(customer);
        call.Work.Emit("customer.created", customer);
        foreach (var tax in call.Given.Elements("tax_id_data")) AddTaxId(call, customer, tax);
        if (call.Given.Text("payment_method") is { } method) Attach(call, customer, method);
        return customer;
    }

    private static JsonObject Update(Call call)
    {
        var customer = call.Work.Get(call.Id, "customer");
        var before = customer.Copy();
        Take(call, customer);
        call.Work.Save(customer);
        call.Work.EmitChange("customer.updated", customer, before);
        return customer;
    }

    private static void Take(Call call, JsonObject customer)
    {
        customer.Take(call.Given, "name", "email", "phone", "description", "address", "shipping", "preferred_locales", "tax_exempt", "balance");
        customer.TakeMetadata(call.Given);
        if (call.Given.Child("invoice_settings") is { } settings)
        {
            if (settings.Text("default_payment_method") is { } id && Cards.Named(id) is { } kind)
                settings["default_payment_method"] = Cards.Attach(call.Work, customer, kind).Id();
            else if (settings.Text("default_payment_method") is { } own && call.Work.Get(own, "payment_method").Text("customer") != customer.Id())
                throw StripeErrorException.Invalid("The customer does not have a payment method with the ID " + own + ".", "resource_missing", "invoice_settings[default_payment_method]");
            customer.Child("invoice_settings")!.Take(settings, "default_payment_method", "footer");
        }

        Defaults.Fill(customer, "customer");
        foreach (var name in new[] { "address" })
            if (customer.Child(name) is { } address)
                foreach (var part in new[] { "city", "country", "line1", "line2", "postal_code", "state" })
                    if (!address.ContainsKey(part)) address[part] = null;
    }

    private static JsonObject Delete(Call call)
    {
        var customer = call.Work.Get(call.Id, "customer");
        foreach (var subscription in call.Work.All("subscription", call.Id).Where(s => s.Text("status") is not ("canceled" or "incomplete_expired")))
            Ending.Now(call.Work, subscription, "cancellation_requested");
        customer.Notes()["deleted"] = true;
        call.Work.Save(customer);
        call.Work.Emit("customer.deleted", customer);
        return Deleted(call.Id, "customer");
    }

    public static JsonObject Deleted(string id, string kind) => new() { ["id"] = id, ["object"] = kind, ["deleted"] = true };

    private static JsonObject AddTaxId(Call call, JsonObject customer, JsonObject given)
    {
        if (!TaxNumbers.AreRight(given.Text("type")!, given.Text("value")!)) throw StripeErrorException.Invalid("Invalid value for " + given.Text("type") + ".", "tax_id_invalid", "value");
        var tax = call.Work.New("tax_id", "txi");
        tax["created"] = call.Work.NowOf(customer);
        tax["customer"] = customer.Id();
        tax.Take(given, "type", "value");
        tax["country"] = given.Text("type") is "eu_vat" ? given.Text("value")![..2] : given.Text("type")![..2].ToUpperInvariant();
        tax["owner"] = new JsonObject { ["type"] = "customer", ["customer"] = customer.Id(), ["customer_account"] = null };
        call.Work.Save(tax);
        call.Work.Emit("customer.tax_id.created", tax);
        return tax;
    }

    private static JsonObject DeleteTaxId(Call call)
    {
        var tax = call.Work.Get(call.Ids[1], "tax_id");
        if (tax.Text("customer") != call.Id) throw StripeErrorException.Missing("tax_id", call.Ids[1]);
        tax.Notes()["deleted"] = true;
        call.Work.Save(tax);
        call.Work.Emit("customer.tax_id.deleted", tax);
        return Deleted(tax.Id(), "tax_id");
    }

    private static JsonObject PaymentMethods(Call call, string? customer) =>
        call.Page("/v1/payment_methods", customer is null ? [] : call.Work.All("payment_method", call.Work.Get(customer, "customer", "customer").Id()));

    private static JsonObject Attach(Call call)
    {
        var customer = call.Work.Get(call.Given.Text("customer"), "customer", "customer");
        if (Cards.Named(call.Id) is { } kind) return Cards.Attach(call.Work, customer, kind);
        var method = call.Work.Get(call.Id, "payment_method");
        if (method.Text("customer") is { } other && other != customer.Id())
            throw StripeErrorException.Invalid("The payment method you provided has already been attached to a customer.");
        method["customer"] = customer.Id();
        return call.Work.Save(method);
    }

    private static void Attach(Call call, JsonObject customer, string method)
    {
        if (Cards.Named(method) is { } kind) Cards.Attach(call.Work, customer, kind);
        else call.Work.Get(method, "payment_method")["customer"] = customer.Id();
    }

    private static JsonObject Detach(Call call)
    {
        var method = call.Work.Get(call.Id, "payment_method");
        var customer = call.Work.Find(method.Text("customer") ?? "");
        method["customer"] = null;
        if (customer?.Child("invoice_settings") is { } settings && settings.Text("default_payment_method") == method.Id())
        {
            settings["default_payment_method"] = null;
            call.Work.Save(customer);
        }

        foreach (var subscription in call.Work.All("subscription", customer?.Id()).Where(s => s.Text("default_payment_method") == method.Id()))
        {
            subscription["default_payment_method"] = null;
            call.Work.Save(subscription);
        }

        call.Work.Save(method);
        call.Work.Emit("payment_method.detached", method);
        return method;
    }
}
