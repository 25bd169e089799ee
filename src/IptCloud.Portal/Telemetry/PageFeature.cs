using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IptCloud.Portal.Telemetry;

/// <summary>Names the feature of a page in the duration of its request, so that ops see which part of the portal is slow.</summary>
internal static class PageFeature
{
    private const string Tag = "iptcloud.feature";
    private const string Root = "IptCloud.Portal.";

    public static void UsePageFeature(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Features.Get<IHttpMetricsTagsFeature>() is { } tags && Of(http.GetEndpoint()) is { } feature) tags.Tags.Add(new(Tag, feature));
        return next(http);
    });

    /// <summary>The folder of the page's component; null for what is no page.</summary>
    private static string? Of(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type.Namespace is { } name && name.StartsWith(Root, StringComparison.Ordinal) ? name[Root.Length..].Split('.')[0] : null;
}
