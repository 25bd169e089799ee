using Hangfire;
using IptCloud.Data.Storage;
using IptCloud.Jobs;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IptCloud.Host.Health;

/// <summary>Both of this process's job servers are at work: each reports to the storage twice a minute.</summary>
internal sealed class JobsCheck(JobStorage storage, Databases databases, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(90);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var now = await databases.ClockAsync(DatabaseRole.Worker, cancellationToken) ?? clock.GetUtcNow();
        // Hangfire has no other way to ask.
        var servers = await Task.Run(() => storage.GetMonitoringApi().Servers(), cancellationToken).WaitAsync(cancellationToken);
        var missing = WorkerHosting.ServerNames.Where(name => !servers.Any(s => s.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase) && s.Heartbeat is { } beat && now.UtcDateTime - beat < Silent)).ToList();
        return missing.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"{missing.Count} of {WorkerHosting.ServerNames.Length} job servers do not run");
    }
}
