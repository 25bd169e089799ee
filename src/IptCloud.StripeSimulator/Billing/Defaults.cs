using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Fixtures;

namespace IptCloud.StripeSimulator.Billing;

/// <summary>Fills in what a partly given nested object leaves out, as Stripe does.</summary>
internal static class Defaults
{
    public static void Fill(JsonObject json, string kind) => Fill(json, Fixture.New(kind), 0);

    private static void Fill(JsonObject json, JsonObject example, int depth)
    {
        foreach (var (name, value) in example)
            if (json[name] is JsonObject own && value is JsonObject shape) Fill(own, shape, depth + 1);
            else if (depth > 0 && !json.ContainsKey(name)) json[name] = value?.DeepClone();
    }
}
