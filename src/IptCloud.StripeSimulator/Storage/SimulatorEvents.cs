using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Fixtures;

namespace IptCloud.StripeSimulator.Storage;

internal static class SimulatorEvents
{
    public const string ConfiguredEndpoint = "";

    /// <summary>Stores an event and queues it for every endpoint that wants it.</summary>
    public static void Emit(this Work work, string type, JsonObject json, JsonObject? before = null)
    {
        var e = work.New("event", "evt");
        e["created"] = work.NowOf(json);
        e["api_version"] = Fixture.ApiVersion;
        e["type"] = type;
        e["request"] = new JsonObject { ["id"] = work.RequestId, ["idempotency_key"] = work.IdempotencyKey };
        e["data"] = new JsonObject { ["object"] = WithoutNotes(json) };
        if (before is not null) ((JsonObject)e["data"]!)["previous_attributes"] = Difference(WithoutNotes(before), json);
        var endpoints = work.All("webhook_endpoint")
            .Where(endpoint => endpoint.Text("status") == "enabled" && !endpoint.IsDeleted() && Wants(endpoint, type))
            .Select(endpoint => endpoint.Id())
            .ToList();
        if (work.Setting("webhook") is not null) endpoints.Insert(0, ConfiguredEndpoint);
        e["pending_webhooks"] = (long)endpoints.Count;
        work.Save(e);
        foreach (var endpoint in endpoints)
            work.Execute("insert into deliveries (event, endpoint, tries, next_try) values ($event, $endpoint, 0, 0)",
                ("$event", e.Id()), ("$endpoint", endpoint));
    }

    /// <summary>Emits only if something that can be seen has changed.</summary>
    public static void EmitChange(this Work work, string type, JsonObject json, JsonObject before)
    {
        if (!JsonNode.DeepEquals(WithoutNotes(json), WithoutNotes(before))) work.Emit(type, json, before);
    }

    private static bool Wants(JsonObject endpoint, string type) =>
        (endpoint["enabled_events"] as JsonArray ?? []).Any(wanted => (string?)wanted is "*" || (string?)wanted == type);

    private static JsonObject WithoutNotes(JsonObject json)
    {
        var copy = json.Copy();
        copy.Remove(Json.NotesName);
        return copy;
    }

    private static JsonObject Difference(JsonObject before, JsonObject after)
    {
        var difference = new JsonObject();
        foreach (var (name, value) in before)
            if (!JsonNode.DeepEquals(value, after[name])) difference[name] = value?.DeepClone();
        return difference;
    }
}
