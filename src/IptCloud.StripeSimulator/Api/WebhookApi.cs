using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Api;

/// <summary>Webhook endpoints and the events that go to them.</summary>
internal static class WebhookApi
{
    public static IEnumerable<Operation> Operations =>
    [
        new("POST", "webhook_endpoints", "url! enabled_events![] api_version description metadata:map connect:bool", Create),
        new("GET", "webhook_endpoints", Lists.Paging, call => call.Page("/v1/webhook_endpoints", call.Work.All("webhook_endpoint"))),
        new("GET", "webhook_endpoints/{}", "", call => call.Work.Get(call.Id, "webhook_endpoint")),
        new("POST", "webhook_endpoints/{}", "url enabled_events[] description metadata:map disabled:bool", Update),
        new("DELETE", "webhook_endpoints/{}", "", Delete),
        new("GET", "events", Lists.Paging + "type types[] delivery_success:bool created:range", call => call.Page("/v1/events", call.Work.All("event")
            .Where(e => (call.Given.Text("type") is not { } type || e.Text("type") == type)
                && (call.Given["types"] is not JsonArray types || types.Any(wanted => (string?)wanted == e.Text("type")))))),
        new("GET", "events/{}", "", call => call.Work.Get(call.Id, "event")),
    ];

    private static JsonObject Create(Call call)
    {
        var endpoint = call.Work.New("webhook_endpoint", "we");
        var secret = $"whsec_{Work.NewId("x")[2..]}";
        endpoint.Take(call.Given, "url", "enabled_events", "api_version", "description");
        endpoint.TakeMetadata(call.Given);
        endpoint.Notes()["secret"] = secret;
        call.Work.Save(endpoint);
        // Shown once, never again.
        var answer = endpoint.Copy();
        answer["secret"] = secret;
        return answer;
    }

    private static JsonObject Update(Call call)
    {
        var endpoint = call.Work.Get(call.Id, "webhook_endpoint");
        endpoint.Take(call.Given, "url", "enabled_events", "description");
        endpoint.TakeMetadata(call.Given);
        if (call.Given.ContainsKey("disabled")) endpoint["status"] = call.Given.Flag("disabled") ? "disabled" : "enabled";
        return call.Work.Save(endpoint);
    }

    private static JsonObject Delete(Call call)
    {
        var endpoint = call.Work.Get(call.Id, "webhook_endpoint");
        endpoint.Notes()["deleted"] = true;
        call.Work.Save(endpoint);
        return CustomerApi.Deleted(call.Id, "webhook_endpoint");
    }
}
