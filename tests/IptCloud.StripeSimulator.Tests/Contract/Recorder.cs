using System.Text.Json.Nodes;

namespace IptCloud.StripeSimulator.Contract;

/// <summary>Writes down every request and its answer, one a line, as they go over the wire.</summary>
internal sealed class Recorder : DelegatingHandler
{
    private readonly List<string> lines = [];

    public IReadOnlyList<string> Lines => lines;

    public IEnumerable<JsonObject> Calls => lines.Select(line => (JsonObject)JsonNode.Parse(line)!);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        if (!path.StartsWith("/v1/", StringComparison.Ordinal)) return response;

        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var line = new JsonObject
        {
            ["method"] = request.Method.Method,
            ["path"] = path,
            ["query"] = request.RequestUri.Query.TrimStart('?'),
            ["body"] = body,
            ["status"] = (int)response.StatusCode,
            ["response"] = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken)),
        };
        lines.Add(line.ToJsonString());
        return response;
    }
}
