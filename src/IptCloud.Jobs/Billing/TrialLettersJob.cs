using Hangfire;
using IptCloud.Data.Billing;
using IptCloud.Jobs.Telemetry;

namespace IptCloud.Jobs.Billing;

/// <summary>Tells networks that their trial ends soon, each morning. The name is a stored format.</summary>
[JobTelemetry, Queue(WorkerQueues.Sweeps), AutomaticRetry(Attempts = 0)]
public sealed class TrialLettersJob(TrialLetters letters)
{
    /// <summary>Queues the letters; they leave as all others do.</summary>
    public Task RunAsync(CancellationToken ct) => letters.QueueAsync(ct);
}
