using System.Linq.Expressions;
using Hangfire;
using Hangfire.States;
using IptCloud.Contracts.Messages;
using IptCloud.Data.Access;
using IptCloud.Data.Billing;
using IptCloud.Data.Messages;
using IptCloud.Jobs.Access;
using IptCloud.Jobs.Audit;
using IptCloud.Jobs.Billing;
using IptCloud.Jobs.DueWork;
using IptCloud.Jobs.Messages;
using IptCloud.Jobs.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IptCloud.Jobs;

/// <summary>
/// Looks once a second, on the system clock, whether anything is due on the clinic clock, or a staff letter or billing on the
/// system clock, and enqueues the sweep for it. A
/// sweep that still waits or runs is not enqueued again. The jobs' minute schedule is the fallback, should this stand still.
/// </summary>
internal sealed partial class WorkPulse(
    DueWorkClaims claims, Outbox outbox, LetterDeliveries letters, BillingEvents events, SeatOrders orders, BillingProfile billing, IMessageSender sender, IBackgroundJobClient jobs, IRecurringJobManager recurring, JobStorage storage, IOptions<WorkerOptions> options,
    WorkerClock clock, TimeProvider system, ILogger<WorkPulse> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        recurring.AddOrUpdate<SweepJob>("due-work", WorkerQueues.Sweeps, j => j.RunAsync(CancellationToken.None), Cron.Minutely);
        recurring.AddOrUpdate<OutboxSweepJob>("outbox", WorkerQueues.Sweeps, j => j.RunAsync(CancellationToken.None), Cron.Minutely);
        recurring.AddOrUpdate<SealAuditJob>("audit-seal", WorkerQueues.Sweeps, j => j.RunAsync(CancellationToken.None), Cron.Minutely);
        recurring.AddOrUpdate<VerifyAuditJob>("audit-verify", WorkerQueues.Sweeps, j => j.RunAsync(CancellationToken.None), Cron.Daily(2));
        recurring.AddOrUpdate<ClosedAccessJob>("closed-access", WorkerQueues.Sweeps, j => j.RunAsync(CancellationToken.None), Cron.Daily(3));
        // A process on somebody's own machine may never run at night.
        jobs.Enqueue<ClosedAccessJob>(j => j.RunAsync(CancellationToken.None));
        recurring.AddOrUpdate<LetterSweepJob>("staff-letters", WorkerQueues.Sweeps, j => j.RunAsync(CancellationToken.None), Cron.Minutely);
        if (billing.IsOn)
        {
            recurring.AddOrUpdate<BillingSweepJob>("billing", WorkerQueues.Sweeps, j => j.RunAsync(CancellationToken.None), Cron.Minutely);
            recurring.AddOrUpdate<CheckSeatsJob>("seats-check", WorkerQueues.Sweeps, j => j.RunAsync(CancellationToken.None), Cron.Daily(3));
            recurring.AddOrUpdate<TrialLettersJob>("trial-letters", WorkerQueues.Sweeps, j => j.RunAsync(CancellationToken.None), Cron.Daily(6));
            jobs.Enqueue<TrialLettersJob>(j => j.RunAsync(CancellationToken.None));
        }

        var recovered = false;
        string? sweep = null, outboxSweep = null, letterSweep = null, billingSweep = null;
        using var timer = new PeriodicTimer(Beat, system);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (!recovered) await RecoverAsync(stoppingToken);
                recovered = true;
                sweep = await EnqueueAsync<SweepJob>(sweep, claims.EarliestAsync, clock.ClinicAsync, j => j.RunAsync(CancellationToken.None), stoppingToken);
                outboxSweep = await EnqueueAsync<OutboxSweepJob>(outboxSweep, outbox.EarliestAsync, clock.ClinicAsync, j => j.RunAsync(CancellationToken.None), stoppingToken);
                letterSweep = await EnqueueAsync<LetterSweepJob>(letterSweep, letters.EarliestAsync, clock.SystemAsync, j => j.RunAsync(CancellationToken.None), stoppingToken);
                if (billing.IsOn) billingSweep = await EnqueueAsync<BillingSweepJob>(billingSweep, EarliestBillingAsync, clock.SystemAsync, j => j.RunAsync(CancellationToken.None), stoppingToken);
            }
#pragma warning disable CA1031 // a database that is away for a while must not end the pulse
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                LogMissedBeat(e);
            }
        }
    }

    /// <summary>What a crash left in the middle: all of it where nobody else can be at it, or where a repetition is harmless.</summary>
    private async Task RecoverAsync(CancellationToken ct)
    {
        if (billing.IsOn && options.Value.IsOnlyWorker) await orders.RecoverAsync(ct);
        var now = await clock.ClinicAsync(ct);
        var all = options.Value.IsOnlyWorker || sender.IsRepeatable;
        if (await outbox.RecoverAsync(all ? DateTimeOffset.MaxValue : now, now, sender.IsRepeatable, ct) is > 0 and var left)
        {
            JobMetrics.Recovered(left);
            LogRecovered(left);
        }
    }

    private async Task<DateTimeOffset?> EarliestBillingAsync(CancellationToken ct)
    {
        var (signal, order) = (await events.EarliestAsync(ct), await orders.EarliestAsync(ct));
        return signal < order || order is null ? signal : order;
    }

    private async Task<string?> EnqueueAsync<TJob>(string? last, Func<CancellationToken, Task<DateTimeOffset?>> earliest, Func<CancellationToken, Task<DateTimeOffset>> now, Expression<Func<TJob, Task>> call, CancellationToken ct)
    {
        if (await earliest(ct) is not { } at || at > await now(ct)) return last;
        using (var connection = storage.GetConnection())
            if (last is not null && connection.GetJobData(last)?.State is { } state && (state == EnqueuedState.StateName || state == ProcessingState.StateName)) return last;
        return jobs.Enqueue(call);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The pulse could not look for due work; it tries again at the next beat.")]
    private partial void LogMissedBeat(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} messages were left in the middle of sending and have been settled.")]
    private partial void LogRecovered(int count);
}
