using Hangfire;
using IptCloud.Contracts.Billing;
using IptCloud.Data.Billing;
using IptCloud.Jobs.Telemetry;
using Microsoft.Extensions.Options;

namespace IptCloud.Jobs.Billing;

/// <summary>Acts on what the payment service has signalled, and tells it the numbers of seats that wait. The name is a stored format.</summary>
[JobTelemetry, Queue(WorkerQueues.Sweeps), AutomaticRetry(Attempts = 0)]
public sealed class BillingSweepJob(IEnumerable<IBillingProvider> providers, BillingEvents events, SeatOrders orders, IOptions<WorkerOptions> options, WorkerClock clock)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Sweeps until nothing more waits.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        if (providers.LastOrDefault() is not { } provider) return;
        while (await events.ClaimAsync(await clock.SystemAsync(ct), options.Value.Lease, options.Value.BatchSize, ct) is { Length: > 0 } batch)
        {
            // One reading answers all signals about a network: they say that something happened, not what.
            foreach (var customer in batch.GroupBy(e => e.CustomerId)) await FollowAsync(provider, customer.Key, [.. customer], ct);
        }

        foreach (var network in await orders.WaitingAsync(options.Value.BatchSize, ct))
            try
            {
                await provider.PushSeatsAsync(network, ct);
            }
            catch (BillingUnavailableException)
            {
                // The order waits with its back-off, or was taken and only reading it back failed: the next sweep goes on.
            }
    }

    private async Task FollowAsync(IBillingProvider provider, string? customer, IReadOnlyList<BillingEventRow> signals, CancellationToken ct)
    {
        if (customer is null || await events.NetworkOfAsync(customer, ct) is not { } network)
        {
            foreach (var signal in signals) await events.SettleAsync(signal.EventId, BillingEventStates.Foreign, "no network has this customer", ct);
            return;
        }

        try
        {
            await provider.RefreshAsync(network, ct);
            foreach (var signal in signals) await events.SettleAsync(signal.EventId, BillingEventStates.Done, null, ct);
        }
#pragma warning disable CA1031 // whatever it was stays with the event, which is tried again and can be seen
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            foreach (var signal in signals) await events.TryAgainAsync(signal, Pause(signal.Attempt), e is BillingUnavailableException ? e.Message : e.GetType().Name, ct);
        }
    }

    private static TimeSpan Pause(int attempt) => attempt > 10 ? LongestPause : TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << attempt));
}
