using IptCloud.Data.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Portal.Links;

/// <summary>Registers the pages that clients open from a message.</summary>
public static class LinksHosting
{
    /// <summary>What the pages need beside the portal's own services.</summary>
    public static IServiceCollection AddLinks(this IServiceCollection services) => services.AddMessageTables().AddScoped<LinkVisits>();

    /// <summary>Guards every answer under <c>/l</c> and <c>/u</c>. Before routing, after the pages for errors.</summary>
    public static IApplicationBuilder UseLinks(this IApplicationBuilder app) => app.UseMiddleware<LinkGuard>();

    /// <summary>Maps what is no page: stopping e-mails. The pages under <c>/l</c> are found by the router.</summary>
    public static IEndpointRouteBuilder MapLinks(this IEndpointRouteBuilder app)
    {
        app.MapStop();
        return app;
    }
}
