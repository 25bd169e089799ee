using IptCloud.Host.Cluster;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IptCloud.Host.Health;

/// <summary>
/// Three addresses for whatever watches a process. <c>live</c>: it answers at all, or should be started anew. <c>started</c>:
/// it has finished coming up. <c>ready</c>: work may be sent to it; if not, its answer says why, in words of our own only.
/// </summary>
internal static class HealthHosting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan EndRequestsWithin = TimeSpan.FromSeconds(30);

    /// <summary>The checks of the process's roles, and its way out.</summary>
    public static WebApplicationBuilder AddHealth(this WebApplicationBuilder builder, Launch launch)
    {
        var checks = builder.Services.AddHealthChecks();
        void Add<T>(string name, params object[] with) where T : class, IHealthCheck => checks.AddTypeActivatedCheck<T>(name, HealthStatus.Unhealthy, [], Patience, with);
        Add<DatabaseCheck>("database");
        Add<ClockCheck>("clock");
        if (launch.Roles.HasFlag(ProcessRoles.Silo)) Add<SiloCheck>("silo");
        if (launch.Roles.HasFlag(ProcessRoles.Silo)) Add<JournalCheck>("journal");
        else Add<GatewayCheck>("gateway");
        if (launch.Roles.HasFlag(ProcessRoles.Worker)) Add<JobsCheck>("jobs");
        // What is not ready is said by the address, each time somebody asks; the log would hold little else.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddHostedService(s => new Leaving(s.GetRequiredService<Readiness>(), launch.Cluster.Drain, s.GetRequiredService<TimeProvider>()));
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = launch.Cluster.Drain + EndRequestsWithin);
        return builder;
    }

    /// <summary>The addresses, open to everybody: they name no person, no record and no part of the installation.</summary>
    public static WebApplication MapHealth(this WebApplication app)
    {
        var health = app.MapGroup("/health").AllowAnonymous();
        health.MapGet("/live", () => Results.Json(new { status = "live" }));
        health.MapGet("/started", (IHostApplicationLifetime process) =>
            process.ApplicationStarted.IsCancellationRequested ? Results.Json(new { status = "started" }) : Results.Json(new { status = "starting" }, statusCode: StatusCodes.Status503ServiceUnavailable));
        health.MapGet("/ready", async (Readiness readiness) =>
        {
            var answer = await readiness.AskAsync();
            return Results.Json(new { status = answer.IsReady ? "ready" : "not ready", checks = answer.Checks }, statusCode: answer.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
        return app;
    }
}
