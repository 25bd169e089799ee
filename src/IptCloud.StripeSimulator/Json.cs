using System.Text.Json.Nodes;

namespace IptCloud.StripeSimulator;

/// <summary>Reading of Stripe's objects, which are kept as the JSON they are answered as.</summary>
internal static class Json
{
    public static string? Text(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static string Id(this JsonObject json) => json.Text("id")!;

    public static string Kind(this JsonObject json) => json.Text("object")!;

    public static long? Number(this JsonObject json, string name) => json[name] is not JsonValue value ? null
        : value.TryGetValue<long>(out var number) ? number
        : value.TryGetValue<int>(out var small) ? small : null;

    public static bool Flag(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    public static JsonObject? Child(this JsonObject json, string name) => json[name] as JsonObject;

    /// <summary>What the simulator notes for itself about an object; never answered.</summary>
    public static JsonObject Notes(this JsonObject json)
    {
        if (json[NotesName] is JsonObject notes) return notes;
        json[NotesName] = notes = [];
        return notes;
    }

    public static bool IsDeleted(this JsonObject json) => json.Child(NotesName)?.Flag("deleted") ?? false;

    public const string NotesName = "_sim";

    public static IEnumerable<JsonObject> Elements(this JsonObject json, string name) =>
        (json[name] as JsonArray)?.OfType<JsonObject>() ?? [];

    /// <summary>The objects of a list that is a property, such as a subscription's items.</summary>
    public static IReadOnlyList<JsonObject> Data(this JsonObject json, string name) =>
        json.Child(name) is { } list ? [.. list.Elements("data")] : [];

    public static JsonObject Copy(this JsonObject json) => (JsonObject)json.DeepClone();

    /// <summary>Copies what was given over the object, leaving alone what was not.</summary>
    public static void Take(this JsonObject json, JsonObject given, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (given.ContainsKey(name)) json[name] = given[name]?.DeepClone();
    }

    /// <summary>The same value under several names.</summary>
    public static void Set(this JsonObject json, JsonNode? value, params ReadOnlySpan<string> names)
    {
        foreach (var name in names) json[name] = value?.DeepClone();
    }

    /// <summary>Stripe's merge: an empty value removes a key, an empty map all of them.</summary>
    public static void TakeMetadata(this JsonObject json, JsonObject given)
    {
        if (!given.ContainsKey("metadata")) return;
        if (given.Child("metadata") is not { } changes || json.Child("metadata") is not { } kept)
        {
            json["metadata"] = given["metadata"]?.DeepClone() ?? new JsonObject();
            return;
        }

        foreach (var (key, value) in changes)
            if (value is null || (string?)value == "") kept.Remove(key);
            else kept[key] = value.DeepClone();
    }

    public static JsonObject List(string url, IEnumerable<JsonObject> elements, bool more = false) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. elements.Select(element => element.Parent is null ? element : element.DeepClone())]),
        ["has_more"] = more,
        ["url"] = url,
    };
}
