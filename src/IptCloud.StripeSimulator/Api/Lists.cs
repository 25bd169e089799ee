using System.Text.Json.Nodes;

namespace IptCloud.StripeSimulator.Api;

internal static class Lists
{
    public const string Paging = "limit:int starting_after ending_before ";

    /// <summary>One page of what was found, newest first.</summary>
    public static JsonObject Page(this Call call, string url, IEnumerable<JsonObject> found)
    {
        var limit = (int)(call.Given.Number("limit") ?? 10);
        if (limit is < 1 or > 100)
            throw StripeErrorException.Invalid("Limit must be between 1 and 100.", "parameter_invalid_integer", "limit");
        var all = found.Where(json => !json.IsDeleted() && InRange(call.Given["created"], json.Number("created") ?? 0)).ToList();
        if (call.Given.Text("starting_after") is { } after) all = all.GetRange(Place(all, after, "starting_after") + 1, all.Count - Place(all, after, "starting_after") - 1);
        if (call.Given.Text("ending_before") is { } before)
        {
            all = all.GetRange(0, Place(all, before, "ending_before"));
            return Json.List(url, all.Skip(Math.Max(0, all.Count - limit)).Select(json => json.Copy()), all.Count > limit);
        }

        return Json.List(url, all.Take(limit).Select(json => json.Copy()), all.Count > limit);
    }

    private static int Place(List<JsonObject> all, string id, string param)
    {
        var place = all.FindIndex(json => json.Id() == id);
        return place >= 0 ? place : throw StripeErrorException.Invalid($"No such object: '{id}'", "resource_missing", param);
    }

    private static bool InRange(JsonNode? range, long created) => range switch
    {
        JsonObject bounds => !(created <= bounds.Number("gt")) && !(created < bounds.Number("gte"))
            && !(created >= bounds.Number("lt")) && !(created > bounds.Number("lte")),
        JsonValue exact => created == (long)exact,
        _ => true,
    };
}
