using System.Diagnostics;
using System.Net;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace IptCloud.Host.Telemetry;

/// <summary>OpenTelemetry: traces from the request to the mail, metrics of ours beside those of the platform. No personal or clinical data in any of it.</summary>
internal static class TelemetryHosting
{
    /// <summary>Adds traces and metrics; they leave over OTLP if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, and metrics can always be scraped.</summary>
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("iptcloud", serviceVersion: typeof(TelemetryHosting).Assembly.GetName().Version?.ToString()))
            .WithMetrics(m => m
                .AddMeter("IptCloud.*", "Microsoft.Orleans", "Npgsql", "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter());
        // Spans that nobody collects would cost a tenth of an append.
        if (builder.Configuration.SendsTelemetry())
            telemetry
                .WithTracing(t => t
                    .AddSource("IptCloud.*", "Microsoft.Orleans.Application", "Microsoft.Orleans.Storage", "Microsoft.Orleans.Lifecycle")
                    .AddNpgsql()
                    .AddAspNetCoreInstrumentation()
                    .AddProcessor<Scrubber>())
                .UseOtlpExporter();
        return builder;
    }

    /// <summary>True if somebody collects what this process tells.</summary>
    public static bool SendsTelemetry(this IConfiguration configuration) => configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };

    /// <summary>Metrics for ops to scrape, from this machine only: the scraper has no session, and a proxy's requests are other people's.</summary>
    public static WebApplication MapTelemetry(this WebApplication app)
    {
        app.MapPrometheusScrapingEndpoint("/metrics", null, metrics => metrics.Use((http, next) =>
        {
            if (http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from) && !http.Request.Headers.Keys.Any(h => h.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase) || h == "Forwarded")) return next(http);
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }), null).AllowAnonymous();
        return app;
    }
}

/// <summary>Takes out of spans what could carry a person's data: query strings, full addresses, exception texts; links in messages lose their token.</summary>
internal sealed class Scrubber : BaseProcessor<Activity>
{
    private static readonly string[] Dropped = ["url.query", "url.full", "http.url", "http.target", "exception.message", "exception.stacktrace", "client.address", "user_agent.original"];

    // Clients' links, their way to stop e-mails, and the links of staff letters.
    private static readonly string[] Linked = ["/l/", "/u/", "/t/"];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in Dropped) data.SetTag(tag, null);
        if (data.GetTagItem("url.path") is string path && Linked.Any(l => path.StartsWith(l, StringComparison.Ordinal))) data.SetTag("url.path", path[..3]);
        if (data.StatusDescription is not null) data.SetStatus(data.Status);
    }
}
