using System.Collections.Immutable;
using Hangfire;
using IptCloud.Data.Access;
using IptCloud.Jobs.Telemetry;
using Microsoft.Extensions.Options;

namespace IptCloud.Jobs.Messages;

/// <summary>Enqueues a delivery for every staff letter that waits, those left in the middle included. The name is a stored format.</summary>
[JobTelemetry, Queue(WorkerQueues.Sweeps), AutomaticRetry(Attempts = 0)]
public sealed class LetterSweepJob(LetterDeliveries letters, IBackgroundJobClient jobs, IOptions<WorkerOptions> options, WorkerClock clock)
{
    /// <summary>Sweeps until nothing more waits.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        ImmutableArray<Guid> batch;
        do
        {
            ct.ThrowIfCancellationRequested();
            batch = await letters.ClaimAsync(await clock.SystemAsync(ct), options.Value.Lease, options.Value.BatchSize, ct);
            foreach (var letter in batch) jobs.Enqueue<LetterJob>(j => j.RunAsync(letter, CancellationToken.None));
        }
        while (batch.Length == options.Value.BatchSize);
    }
}
