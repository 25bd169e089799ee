using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace IptCloud.StripeSimulator.Api;

/// <summary>Stripe's bracket notation: <c>items[0][price]=x</c> and <c>expand[]=x</c>.</summary>
internal static class FormTree
{
    /// <summary>Everything as nested objects and texts; elements of arrays are under their numbers.</summary>
    public static JsonObject Of(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> fields)
    {
        var root = new JsonObject();
        foreach (var (name, values) in fields)
            foreach (var value in values)
                Put(root, name.Replace("]", "", StringComparison.Ordinal).Split('['), value ?? "", name);
        return root;
    }

    public static JsonObject Of(HttpRequest request) =>
        Of(request.HasFormContentType ? request.Query.Concat(request.Form) : request.Query);

    private static void Put(JsonObject at, string[] path, string value, string name)
    {
        foreach (var part in path[..^1])
        {
            if (at[Index(at, part)] is not JsonObject next)
            {
                if (at.ContainsKey(Index(at, part))) throw StripeErrorException.Refused($"Invalid parameter: {name}", "parameter_invalid", name);
                at[Index(at, part)] = next = [];
            }

            at = next;
        }

        at[Index(at, path[^1])] = value;
    }

    private static string Index(JsonObject at, string part) =>
        part.Length > 0 ? part : at.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
