using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Api;

/// <summary>Makes the answer out of what is stored: without notes, and with what was to be expanded.</summary>
internal static class Answer
{
    private const int Depth = 4;

    public static JsonObject Of(Work work, JsonObject json, JsonObject given)
    {
        var answer = json.Copy();
        Strip(answer);
        foreach (var path in given["expand"] as JsonArray ?? [])
        {
            var parts = ((string)path!).Split('.');
            if (parts.Length > Depth + (parts[0] == "data" ? 1 : 0))
                throw StripeErrorException.Invalid("You cannot expand more than 4 levels of a property.", "property_expansion_max_depth", "expand");
            Expand(work, answer, parts);
        }

        return answer;
    }

    private static void Expand(Work work, JsonNode? at, ReadOnlySpan<string> path)
    {
        if (path.Length == 0 || at is null) return;
        if (at is JsonArray array)
        {
            foreach (var element in array) Expand(work, element, path);
            return;
        }

        var name = path[0];
        if (at is not JsonObject json) throw Cannot(name);
        if (!json.ContainsKey(name)) json[name] = Hidden(work, json, name);
        if (json[name] is JsonValue value && value.TryGetValue<string>(out var id))
        {
            var found = (work.Find(id) ?? throw Cannot(name)).Copy();
            Strip(found);
            json[name] = found;
        }

        Expand(work, json[name], path[1..]);
    }

    /// <summary>Lists that are answered only when they are asked for.</summary>
    private static JsonObject Hidden(Work work, JsonObject json, string name)
    {
        IEnumerable<JsonObject> found = (json.Kind(), name) switch
        {
            ("customer", "tax_ids") => work.All("tax_id", json.Id()),
            ("customer", "subscriptions") => work.All("subscription", json.Id()).Where(s => s.Text("status") != "canceled"),
            ("invoice", "payments") => work.All("invoice_payment").Where(p => p.Text("invoice") == json.Id()),
            ("checkout.session", "line_items") => work.Get(json.Id(), "checkout.session").Notes().Elements("line_items"),
            _ => throw Cannot(name),
        };
        var list = Json.List($"/v1/{json.Kind()}s/{json.Id()}/{name}", found.Where(o => !o.IsDeleted()).Select(o => o.Copy()));
        Strip(list);
        return list;
    }

    private static StripeErrorException Cannot(string name) =>
        StripeErrorException.Invalid($"This property cannot be expanded ({name}).", null, "expand");

    private static void Strip(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var element in array) Strip(element);
        }
        else if (node is JsonObject json)
        {
            json.Remove(Json.NotesName);
            foreach (var (_, value) in json) Strip(value);
        }
    }
}
