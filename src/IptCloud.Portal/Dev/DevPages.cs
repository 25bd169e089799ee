using IptCloud.Portal.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IptCloud.Portal.Dev;

/// <summary>Pages for those who build the portal. They hold invented data and exist only in Development.</summary>
public static class DevPages
{
    /// <summary>Maps <c>/dev/components</c> and its client twin in Development; elsewhere it does nothing.</summary>
    public static IEndpointRouteBuilder MapDevPages(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (!app.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment()) return app;
        app.MapGet("/dev/components", () => Page<ComponentGallery>(typeof(MainLayout)));
        app.MapGet("/dev/components/empty", () => Page<EmptyGallery>(typeof(MainLayout)));
        app.MapGet("/dev/components/client", () => Page<ClientGallery>(typeof(ClientLayout)));
        return app;
    }

    private static RazorComponentResult<DevDocument> Page<TPage>(Type layout) =>
        new(new Dictionary<string, object?> { [nameof(DevDocument.Page)] = typeof(TPage), [nameof(DevDocument.Layout)] = layout });
}
