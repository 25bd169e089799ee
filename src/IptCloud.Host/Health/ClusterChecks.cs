using IptCloud.Host.Cluster;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IptCloud.Host.Health;

/// <summary>The silo of this process takes part in the cluster.</summary>
internal sealed class SiloCheck(ISiloStatusOracle silo) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(silo.CurrentStatus == SiloStatus.Active ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(silo.CurrentStatus.ToString().ToLowerInvariant()));
}

/// <summary>This process is connected to a silo. While it is not, asking makes it try.</summary>
internal sealed class GatewayCheck(Gateways gateways, IGrainFactory grains) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (gateways.Connected > 0) return HealthCheckResult.Healthy();
        await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
