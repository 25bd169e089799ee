using Hangfire;
using IptCloud.Contracts.Time;
using IptCloud.Data.Access;
using IptCloud.Jobs.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Jobs.Access;

/// <summary>Deletes what is left of ways in that have been closed for long, each night. The name is a stored format.</summary>
[JobTelemetry, Queue(WorkerQueues.Sweeps), AutomaticRetry(Attempts = 0)]
public sealed class ClosedAccessJob(ClosedAccess closed, TimeProvider system, [FromKeyedServices(ClinicClock.Key)] TimeProvider clinic)
{
    /// <summary>Deletes; see <see cref="ClosedAccess.Kept"/>.</summary>
    public Task RunAsync(CancellationToken ct) => closed.DeleteAsync(system.GetUtcNow(), clinic.GetUtcNow(), ct);
}
