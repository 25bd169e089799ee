using System.Text.Json.Nodes;

namespace IptCloud.StripeSimulator.Fixtures;

/// <summary>
/// New objects: Stripe's own examples, brought from the version they were published for to the version answered here,
/// and emptied. What is changed, and why, is listed in <c>drift.json</c>.
/// </summary>
internal static class Fixture
{
    public const string ApiVersion = "2026-10-28.endive";

    private static readonly JsonObject Published = Load("fixtures3.json").Child("resources")!;
    private static readonly JsonObject Drift = Load("drift.json");

    public static JsonObject New(string kind)
    {
        var fresh = ((JsonObject)Published[kind]!).Copy();
        if (Drift.Child(kind) is not { } drift) return fresh;
        foreach (var name in drift["remove"] as JsonArray ?? []) fresh.Remove((string)name!);
        foreach (var part in new[] { "set", "add" })
            foreach (var (name, value) in drift.Child(part) ?? [])
                fresh[name] = value?.DeepClone();
        return fresh;
    }

    private static JsonObject Load(string name)
    {
        using var stream = typeof(Fixture).Assembly.GetManifestResourceStream(name)!;
        return (JsonObject)JsonNode.Parse(stream)!;
    }
}
