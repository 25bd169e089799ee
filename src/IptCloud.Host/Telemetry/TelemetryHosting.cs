using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace IptCloud.Host.Telemetry;

/// <summary>OpenTelemetry: traces from the request to the mail, metrics of ours beside those of the platform. No personal or clinical data in any of it.</summary>
internal static class TelemetryHosting
{
    /// <summary>Of ten requests one is traced, unless OTEL_TRACES_SAMPLER_ARG says otherwise.</summary>
    private const double SampledShare = 0.1;

    /// <summary>Adds traces, metrics and logs; they leave over OTLP if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, and metrics can always be scraped.</summary>
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
                    .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(builder.Configuration.GetValue("OTEL_TRACES_SAMPLER_ARG", SampledShare))))
                    .AddSource("IptCloud.*", "Microsoft.Orleans.Application", "Microsoft.Orleans.Storage", "Microsoft.Orleans.Lifecycle")
                    .AddNpgsql()
                    .AddAspNetCoreInstrumentation()
                    .AddProcessor<Scrubber>())
                .WithLogging(l => l.AddProcessor<LogScrubber>())
                .UseOtlpExporter();
        return builder;
    }

    /// <summary>True if somebody collects what this process tells.</summary>
    public static bool SendsTelemetry(this IConfiguration configuration) => configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };

    /// <summary>Metrics for ops to scrape, from this machine and those that were named: the scraper has no session, and a proxy's requests are other people's.</summary>
    public static WebApplication MapTelemetry(this WebApplication app, Launch launch)
    {
        app.MapPrometheusScrapingEndpoint("/metrics", null, metrics => metrics.Use((http, next) =>
        {
            if (http.Connection.RemoteIpAddress is { } from && launch.MayScrape(from) && !http.Request.Headers.Keys.Any(h => h.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase) || h == "Forwarded")) return next(http);
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }), null).AllowAnonymous();
        return app;
    }
}
