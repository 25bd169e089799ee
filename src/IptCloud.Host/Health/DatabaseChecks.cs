using IptCloud.Data.Journal;
using IptCloud.Host.Time;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IptCloud.Host.Health;

/// <summary>The database answers the login that this process works with.</summary>
internal sealed class DatabaseCheck(DatabaseClock clock) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await clock.ReadAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}

/// <summary>
/// This machine and the database agree about the time. What is due and when something was recorded goes by the database's
/// clock; sessions of sign-in, one-time codes and leases go by this one.
/// </summary>
internal sealed class ClockCheck(DatabaseClock clock) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await clock.ReadAsync(cancellationToken) is { } reading && reading.Off.Duration() > DatabaseClock.Most ? HealthCheckResult.Unhealthy($"{ClusterClock.Words(reading.Off)} the database") : HealthCheckResult.Healthy();
}

/// <summary>An append would become durable.</summary>
internal sealed class JournalCheck(ICourseJournal journal) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await journal.ProveAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
