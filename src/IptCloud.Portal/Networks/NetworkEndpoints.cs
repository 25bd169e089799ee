using IptCloud.Domain.Networks;
using IptCloud.Portal.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IptCloud.Portal.Networks;

/// <summary>What scripts ask of a network's pages.</summary>
internal static class NetworkEndpoints
{
    /// <summary>While a sender name is typed: whether it tells. The form itself is checked again.</summary>
    public static void MapNetworks(this IEndpointRouteBuilder app) => app.MapGet("/api/sender-name", (string? text) =>
    {
        var name = text ?? "";
        return Results.Json(new { text = name.Trim().Length == 0 ? "" : SenderNames.Check(name[..Math.Min(name.Length, 200)])?.Text ?? "This name tells nothing. Good." });
    }).RequireAuthorization(PortalPolicies.ManageClinics);
}
