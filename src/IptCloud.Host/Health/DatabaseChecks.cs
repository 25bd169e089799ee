using System.Globalization;
using IptCloud.Data.Journal;
using IptCloud.Data.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IptCloud.Host.Health;

/// <summary>The database answers the login that this process works with.</summary>
internal sealed class DatabaseCheck(Databases databases, DatabaseRole role) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await databases.ClockAsync(role, cancellationToken);
        return HealthCheckResult.Healthy();
    }
}

/// <summary>
/// This process and the database agree about the time. What is due is decided by the database's clock, when it was due and
/// what is recorded by this one.
/// </summary>
internal sealed class ClockCheck(Databases databases, TimeProvider clock, DatabaseRole role) : IHealthCheck
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var asked = clock.GetUtcNow();
        if (await databases.ClockAsync(role, cancellationToken) is not { } theirs) return HealthCheckResult.Healthy();
        var answered = clock.GetUtcNow();
        var off = theirs < asked ? asked - theirs : theirs > answered ? answered - theirs : TimeSpan.Zero;
        return off.Duration() <= Most ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(string.Create(CultureInfo.InvariantCulture, $"{off.Duration().TotalSeconds:0.0} s {(off > TimeSpan.Zero ? "ahead of" : "behind")} the database"));
    }
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
