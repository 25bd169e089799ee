using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Billing;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Api;

internal static class PortalApi
{
    private const string Fields = """
        business_profile{headline privacy_policy_url terms_of_service_url} default_return_url metadata:map name login_page{enabled!:bool}
        """;

    private const string Features = """
        {customer_update{enabled:bool allowed_updates[]} invoice_history{enabled!:bool} payment_method_update{enabled!:bool}
            subscription_cancel{enabled:bool mode=at_period_end|immediately proration_behavior=always_invoice|create_prorations|none
                cancellation_reason{enabled!:bool options[]}}
            subscription_pause{enabled:bool}
            subscription_update{enabled:bool default_allowed_updates[] proration_behavior=always_invoice|create_prorations|none
                products[product! prices[] adjustable_quantity{enabled!:bool minimum:int maximum:int}]}}
        """;

    public static IEnumerable<Operation> Operations =>
    [
        new("POST", "billing_portal/sessions", "customer! configuration return_url locale flow_data{type!=payment_method_update|subscription_cancel subscription_cancel{subscription!}}", Open),
        new("POST", "billing_portal/configurations", Fields + " features!" + Features, call =>
            Store(call, call.Work.New("billing_portal.configuration", "bpc"), "billing_portal.configuration.created")),
        new("GET", "billing_portal/configurations", Lists.Paging + "active:bool is_default:bool", call => call.Page("/v1/billing_portal/configurations",
            call.Work.All("billing_portal.configuration").Where(one => (call.Given["active"] is null || one.Flag("active") == call.Given.Flag("active"))
                && (call.Given["is_default"] is null || one.Flag("is_default") == call.Given.Flag("is_default"))))),
        new("GET", "billing_portal/configurations/{}", "", call => call.Work.Get(call.Id, "billing_portal.configuration")),
        new("POST", "billing_portal/configurations/{}", "active:bool " + Fields + " features" + Features, call =>
            Store(call, call.Work.Get(call.Id, "billing_portal.configuration"), "billing_portal.configuration.updated")),
    ];

    private static JsonObject Store(Call call, JsonObject configuration, string type)
    {
        var given = call.Given;
        configuration.Take(given, "active", "default_return_url", "name");
        configuration.TakeMetadata(given);
        if (given.Child("login_page") is { } login) configuration.Child("login_page")!["enabled"] = login.Flag("enabled");
        if (given.Child("business_profile") is { } profile)
            configuration.Child("business_profile")!.Take(profile, "headline", "privacy_policy_url", "terms_of_service_url");
        foreach (var (name, feature) in given.Child("features") ?? [])
            foreach (var (setting, value) in (JsonObject)feature!)
                configuration.Child("features")!.Child(name)![setting] = value?.DeepClone();
        Defaults.Fill(configuration, "billing_portal.configuration");
        configuration["updated"] = call.Work.Now();
        call.Work.Save(configuration);
        call.Work.Emit(type, configuration);
        return configuration;
    }

    private static JsonObject Open(Call call)
    {
        var customer = call.Work.Get(call.Given.Text("customer"), "customer", "customer");
        var configuration = call.Given.Text("configuration") is { } id
            ? call.Work.Get(id, "billing_portal.configuration", "configuration")
            : call.Work.All("billing_portal.configuration").LastOrDefault(one => one.Flag("active"));
        if (configuration is null)
        {
            configuration = call.Work.New("billing_portal.configuration", "bpc");
            configuration["is_default"] = true;
            configuration.Child("features")!.Child("subscription_cancel")!["enabled"] = true;
            configuration.Child("features")!.Child("payment_method_update")!["enabled"] = true;
            call.Work.Save(configuration);
        }

        var session = call.Work.New("billing_portal.session", "bps");
        session["customer"] = customer.Id();
        session["configuration"] = configuration.Id();
        session["return_url"] = call.Given.Text("return_url") ?? configuration.Text("default_return_url");
        session["locale"] = call.Given.Text("locale");
        session["url"] = $"{call.Work.Site}p/{session.Id()}";
        return call.Work.Save(session);
    }
}
