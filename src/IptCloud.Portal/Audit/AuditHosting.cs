using IptCloud.Data.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IptCloud.Portal.Audit;

/// <summary>Registers the audit's pages and puts its gate into the pipeline.</summary>
internal static class AuditHosting
{
    public static void AddAuditPages(this IServiceCollection services)
    {
        services.TryAddSingleton<AuditTrail>();
        services.TryAddSingleton<AuditWatch>();
        services.AddScoped<AuditNames>();
    }

    /// <summary>Behind what turns failures into pages, before everything that answers.</summary>
    public static void UseAudit(this IApplicationBuilder app) => app.UseMiddleware<AuditGate>();

    /// <summary>The request's audit.</summary>
    public static RequestAudit? Audit(this IHttpContextAccessor http) => http.HttpContext is { } context ? RequestAudit.Of(context) : null;
}
