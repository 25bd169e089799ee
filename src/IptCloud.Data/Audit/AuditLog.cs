using System.Threading.Channels;
using IptCloud.Domain.Audit;

namespace IptCloud.Data.Audit;

/// <summary>The audit cannot be written: what was to be recorded must not be shown.</summary>
public sealed class AuditUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The audit as it is written: entries of requests that run at the same time go into one insert, and each request waits until
/// its own are durable. Entries are sealed into their network's chain later (<see cref="AuditSealer"/>), so that writing one
/// waits for no other.
/// </summary>
public abstract class AuditLog : IAsyncDisposable
{
    private const int MostPerBatch = 256;

    /// <summary>After a failure, entries fail at once for so long instead of queueing against the database.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <summary>Nobody waits longer for a page. The entry may still be written: better one too many than one too few.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly TimeProvider clock;
    private readonly AuditMetrics metrics;
    private readonly Task writer;
    private long restUntil = long.MinValue;

    /// <summary>Starts the writer.</summary>
    /// <param name="clock">The system clock.</param>
    protected AuditLog(TimeProvider clock, AuditMetrics metrics)
    {
        (this.clock, this.metrics) = (clock, metrics);
        // Made in the middle of the first request that needs it, whose trace and records are none of the writer's.
        using (ExecutionContext.SuppressFlow()) writer = Task.Run(RunAsync);
    }

    /// <summary>Throws if the audit failed a moment ago: nothing that must be recorded should be begun now.</summary>
    /// <exception cref="AuditUnavailableException">The audit cannot be written.</exception>
    public virtual void Demand()
    {
        if (clock.GetTimestamp() < Volatile.Read(ref restUntil)) throw new AuditUnavailableException("The audit's database does not answer.");
    }

    /// <summary>Writes entries; when it returns they are durable.</summary>
    /// <exception cref="AuditUnavailableException">They are not.</exception>
    public virtual async Task WriteAsync(params IReadOnlyList<AuditEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count == 0) return;
        Demand();
        var waiting = new Waiting(entries);
        try
        {
            using var patience = new CancellationTokenSource(Patience, clock);
            await queue.Writer.WriteAsync(waiting, patience.Token);
            await waiting.Done.Task.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new AuditUnavailableException("The audit's database does not answer in time.", e);
        }
        catch (ChannelClosedException e)
        {
            throw new AuditUnavailableException("The process is ending.", e);
        }
    }

    /// <summary>Writes all entries in one transaction, or none.</summary>
    protected abstract Task CommitAsync(IReadOnlyList<AuditEntry> entries);

    /// <summary>Lets what is queued be written, then stops.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writer;
        GC.SuppressFinalize(this);
    }

    private async Task RunAsync()
    {
        List<Waiting> batch = [];
        while (await queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < MostPerBatch && queue.Reader.TryRead(out var waiting)) batch.Add(waiting);
            await CommitAsync(batch);
            batch.Clear();
        }
    }

    private async Task CommitAsync(List<Waiting> batch)
    {
        try
        {
            var started = clock.GetTimestamp();
            await CommitAsync([.. batch.SelectMany(w => w.Entries)]);
            metrics.Committed(batch.Sum(w => w.Entries.Count), clock.GetElapsedTime(started));
            foreach (var waiting in batch) waiting.Done.SetResult();
        }
#pragma warning disable CA1031 // whatever it was, those who wait must hear of it
        catch (Exception failure)
#pragma warning restore CA1031
        {
            metrics.Failed();
            Volatile.Write(ref restUntil, clock.GetTimestamp() + (long)(Rest.TotalSeconds * clock.TimestampFrequency));
            foreach (var waiting in batch) waiting.Done.SetException(new AuditUnavailableException("The audit could not be written.", failure));
        }
    }

    private sealed class Waiting(IReadOnlyList<AuditEntry> entries)
    {
        public IReadOnlyList<AuditEntry> Entries { get; } = entries;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
