using Hangfire;
using IptCloud.Contracts.Billing;
using IptCloud.Data.Billing;
using IptCloud.Jobs.Telemetry;
using Microsoft.Extensions.Logging;

namespace IptCloud.Jobs.Billing;

/// <summary>Each night: reads every customer from the payment service, compares members, seats and bill, mends what differs and says so. The name is a stored format.</summary>
[JobTelemetry, Queue(WorkerQueues.Sweeps), AutomaticRetry(Attempts = 0)]
public sealed partial class CheckSeatsJob(IEnumerable<IBillingProvider> providers, BillingEvents events, SeatChecks checks, ILogger<CheckSeatsJob> logger)
{
    /// <summary>Checks every network.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        if (providers.LastOrDefault() is not { } provider) return;
        var (drifted, unanswered) = (0, 0);
        foreach (var network in await events.CustomersAsync(ct))
        {
            try
            {
                await provider.PushSeatsAsync(network, ct);
                await provider.RefreshAsync(network, ct);
                if (!(await checks.CheckAsync(network, ct)).Drift) continue;
                drifted++;
                await provider.PushSeatsAsync(network, ct);
            }
#pragma warning disable CA1031 // whatever it was, the networks after it are checked
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                unanswered++; // compared tomorrow; what is stored may be old, and would be called drift
                LogFailed(e);
            }
        }

        BillingMetrics.Checked(drifted, unanswered);
        if (drifted > 0) LogDrift(drifted);
        if (unanswered > 0) LogUnanswered(unanswered);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The seats of {Count} networks did not agree with their members or their bill; they have been mended. /ops/billing shows which.")]
    private partial void LogDrift(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A network could not be compared with its bill.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} networks could not be compared with their bill.")]
    private partial void LogUnanswered(int count);
}
