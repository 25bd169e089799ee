using IptCloud.Domain.Networks;
using IptCloud.Portal.Access;

namespace IptCloud.Host.Verbs;

/// <summary>Prints who may do what: the table that decisions and pages use; or, with <c>--endpoints</c>, whom each address lets in.</summary>
internal static class Access
{
    public static async Task<int> PrintAsync(Launch launch)
    {
        Console.Write(launch.Endpoints ? await EndpointsAsync(launch) : AccessText.Markdown());
        return 0;
    }

    private static async Task<string> EndpointsAsync(Launch launch)
    {
        // Composed, but never started: nothing is opened or written.
        await using var app = Serve.Build(launch with { Demo = false });
        return EndpointTable.Markdown(app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Concat(((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints)).DistinctBy(e => e.DisplayName + (e as RouteEndpoint)?.RoutePattern.RawText));
    }
}
