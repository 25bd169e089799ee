using System.Diagnostics;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace IptCloud.Portal.Links;

/// <summary>
/// What holds for every answer under a client's link, errors included: nothing is kept or passed on, the span does not name
/// the token, and one address cannot try without end. The limit is wide: a clinic's waiting room may share one address.
/// </summary>
internal sealed class LinkGuard(RequestDelegate next) : IDisposable
{
    private const int RequestsPerMinute = 300;

    private readonly PartitionedRateLimiter<HttpContext> limiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
        RateLimitPartition.GetSlidingWindowLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new() { PermitLimit = RequestsPerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));

    public void Dispose() => limiter.Dispose();

    public async Task InvokeAsync(HttpContext http)
    {
        var root = http.Request.Path.StartsWithSegments("/l") ? "/l" : http.Request.Path.StartsWithSegments("/u") ? "/u" : null;
        if (root is null)
        {
            await next(http);
            return;
        }

        Activity.Current?.SetTag("url.path", root);
        var headers = http.Response.Headers;
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        http.Response.OnStarting(() =>
        {
            headers.CacheControl = "no-store"; // last, because the form's token writes its own
            return Task.CompletedTask;
        });
        using var lease = await limiter.AcquireAsync(http, cancellationToken: http.RequestAborted);
        if (lease.IsAcquired)
        {
            await next(http);
            return;
        }

        headers.RetryAfter = "60";
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
    }
}
