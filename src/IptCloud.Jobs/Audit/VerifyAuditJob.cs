using Hangfire;
using IptCloud.Data.Audit;
using IptCloud.Jobs.Telemetry;
using Microsoft.Extensions.Logging;

namespace IptCloud.Jobs.Audit;

/// <summary>Checks every chain of the audit, each night, and says so if one is broken. The name is a stored format.</summary>
[JobTelemetry, Queue(WorkerQueues.Sweeps), AutomaticRetry(Attempts = 0)]
public sealed partial class VerifyAuditJob(AuditVerifier verifier, ILogger<VerifyAuditJob> logger)
{
    /// <summary>Checks all chains.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        if (await verifier.VerifyAndRecordAsync(ct) is > 0 and var broken) LogBroken(broken);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Count} chains of the audit are broken. Run \"iptcloud audit verify\" to see where.")]
    private partial void LogBroken(int count);
}
