using Hangfire;
using IptCloud.Data.Audit;
using IptCloud.Data.Keys;
using IptCloud.Jobs.Telemetry;

namespace IptCloud.Jobs.Audit;

/// <summary>Seals new entries of the audit into their networks' chains. The name is a stored format.</summary>
[JobTelemetry, Queue(WorkerQueues.Sweeps), AutomaticRetry(Attempts = 0)]
public sealed class SealAuditJob(AuditSealer sealer, OpenedKeys opened)
{
    /// <summary>Seals until nothing waits.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await opened.WriteAsync();
        await sealer.SealAsync(ct);
    }
}
