using IptCloud.Portal.Access;
using Microsoft.AspNetCore.Routing.Patterns;
using Orleans.Dashboard;

namespace IptCloud.Host.Cluster;

/// <summary>Orleans' own dashboard, for platform operations only: silos, kinds of grains, calls and how long they take.</summary>
internal static class ClusterDashboard
{
    // The one shows what a course holds, the other what every process logs.
    private static readonly string[] withheld = ["GrainState", "Trace"];

    public static WebApplication MapClusterDashboard(this WebApplication app)
    {
        IEndpointConventionBuilder dashboard = app.MapOrleansDashboard("/ops/cluster").RequireAuthorization(PortalPolicies.Ops);
        dashboard.Finally(endpoint =>
        {
            if (endpoint is RouteEndpointBuilder { RoutePattern.PathSegments: [.., { Parts: [RoutePatternLiteralPart { Content: var last }] }] } && withheld.Contains(last, StringComparer.OrdinalIgnoreCase))
                endpoint.RequestDelegate = http => Results.NotFound().ExecuteAsync(http);
        });
        return app;
    }
}
