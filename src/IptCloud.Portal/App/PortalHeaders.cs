using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Portal;

/// <summary>Headers of every answer: what a page may load, where it may send forms, and that nobody keeps a copy of it.</summary>
internal static class PortalHeaders
{
    // Browsers follow a form's answer only to where forms may lead: to the payment service, from the pages of billing.
    private static string Policy(IEnumerable<string> forms) =>
        $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action {string.Join(' ', forms.Prepend("'self'"))}; base-uri 'self'; frame-ancestors 'none'";

    // Pages of Hangfire and of Orleans carry inline styles and scripts; they show jobs, kinds of grains and ids only.
    private const string JobsPolicy =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    public static void UsePortalHeaders(this IApplicationBuilder app)
    {
        var (everywhere, billing) = (Policy([]), Policy(app.ApplicationServices.GetRequiredService<PortalOptions>().PaymentOrigins));
        app.Use((http, next) => SetAsync(http, next, everywhere, billing));
    }

    private static Task SetAsync(HttpContext http, RequestDelegate next, string everywhere, string billing)
    {
        // Looked at now: on its way the path is cut for whoever serves that branch.
        var policy = http.Request.Path.StartsWithSegments("/ops/jobs") || http.Request.Path.StartsWithSegments("/ops/cluster") ? JobsPolicy : http.Request.Path.StartsWithSegments("/network/plan") ? billing : everywhere;
        var hasToken = http.Request.Path.StartsWithSegments("/t"); // a letter's link
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = policy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers.TryAdd("Referrer-Policy", hasToken ? "no-referrer" : "same-origin");
            headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
            headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
            // Static assets have said already how long they may be kept; everything else is a record or leads to one.
            if (http.Response.ContentType is null || IsPage(http.Response.ContentType)) headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(http);
    }

    private static bool IsPage(string contentType) =>
        contentType.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) || contentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase);
}
