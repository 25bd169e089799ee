using System.Collections.Immutable;
using Hangfire;
using IptCloud.Contracts.Messages;
using IptCloud.Data.Messages;
using IptCloud.Jobs.Telemetry;
using Microsoft.Extensions.Options;

namespace IptCloud.Jobs.Messages;

/// <summary>Enqueues a delivery for every message that waits, and settles those whose delivery never ended. The name is a stored format.</summary>
[JobTelemetry, Queue(WorkerQueues.Sweeps), AutomaticRetry(Attempts = 0)]
public sealed class OutboxSweepJob(
    Outbox outbox, IMessageSender sender, IBackgroundJobClient jobs, IOptions<WorkerOptions> options, WorkerClock clock)
{
    /// <summary>Sweeps until nothing more waits.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var now = await clock.ClinicAsync(ct);
        if (await outbox.RecoverAsync(now, now, sender.IsRepeatable, ct) is > 0 and var left) JobMetrics.Recovered(left);
        ImmutableArray<OutboxKey> batch;
        do
        {
            ct.ThrowIfCancellationRequested();
            batch = await outbox.ClaimAsync(await clock.ClinicAsync(ct), options.Value.ClinicLease, options.Value.BatchSize, ct);
            foreach (var key in batch) jobs.Enqueue<DeliveryJob>(j => j.RunAsync(key.Network.Value, key.Message.Value, CancellationToken.None));
        }
        while (batch.Length == options.Value.BatchSize);
    }
}
