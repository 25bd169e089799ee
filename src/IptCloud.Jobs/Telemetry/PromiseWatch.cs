using System.Diagnostics.Metrics;
using IptCloud.Contracts.Time;
using IptCloud.Data.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IptCloud.Jobs.Telemetry;

/// <summary>
/// Looks every quarter of a minute at what clinicians rely on, and tells it as gauges. Each worker of a cluster tells the
/// same: take the highest. What could not be read is not told, so that its absence can be alerted on.
/// </summary>
public sealed partial class PromiseWatch : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);
    private readonly PromiseReader reader;
    private readonly TimeProvider clinic;
    private readonly TimeProvider system;
    private readonly Func<double> speed;
    private readonly ILogger<PromiseWatch> logger;
    private Promises? last;

    /// <summary>Makes the gauges.</summary>
    public PromiseWatch(PromiseReader reader, IMeterFactory meters, [FromKeyedServices(ClinicClock.Key)] TimeProvider clinic, TimeProvider system, IOptions<WorkerOptions> options, ILogger<PromiseWatch> logger)
    {
        (this.reader, this.clinic, this.system, this.logger, speed) = (reader, clinic, system, logger, options.Value.ClockSpeed);
        var meter = meters.Create("IptCloud.Promises");
        meter.CreateObservableGauge("iptcloud.duework.lag", () => Seconds(p => p.DueWorkLag), "s", "For how long the longest waiting deadline has been waiting for a sweep.");
        meter.CreateObservableGauge("iptcloud.outbox.lag", () => Seconds(p => p.OutboxLag), "s", "For how long the longest waiting message could have left.");
        meter.CreateObservableGauge("iptcloud.outbox.depth", () => Counts(p => p.Messages, "state"), "{message}", "Messages that wait or are being sent; and of the last day, those in doubt or failed.");
        meter.CreateObservableGauge("iptcloud.alerts.unacknowledged", () => Counts(p => p.Unacknowledged, "age"), "{alert}", "Open alerts that nobody has acknowledged, by age.");
        meter.CreateObservableGauge("iptcloud.alerts.oldest.age", () => Seconds(p => p.OldestAlert), "s", "Age of the oldest alert that nobody has acknowledged.");
        meter.CreateObservableGauge("iptcloud.billing.event.age", () => Seconds(p => p.WebhookAge), "s", "Age of the oldest event of the payment service that waits.");
        meter.CreateObservableGauge("iptcloud.billing.order.age", () => Seconds(p => p.SeatOrderAge), "s", "Age of the oldest number of seats on its way to the payment service.");
    }

    /// <summary>What was last seen; null before the first look, or if it failed.</summary>
    public Promises? Last => Volatile.Read(ref last);

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken ct = default)
    {
        try
        {
            Volatile.Write(ref last, await reader.ReadAsync(clinic.GetUtcNow(), system.GetUtcNow(), speed(), ct));
        }
#pragma warning disable CA1031 // a database that is away for a while must not end the watch
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Volatile.Write(ref last, null);
            LogFailed(e);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        do await LookAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private IEnumerable<Measurement<double>> Seconds(Func<Promises, TimeSpan> of) => Last is { } p ? [new(of(p).TotalSeconds)] : [];

    private IEnumerable<Measurement<int>> Counts(Func<Promises, IReadOnlyDictionary<string, int>> of, string label) =>
        Last is { } p ? of(p).Select(c => new Measurement<int>(c.Value, new KeyValuePair<string, object?>(label, c.Key))) : [];

    [LoggerMessage(Level = LogLevel.Warning, Message = "What clinicians rely on could not be read; it is looked at again in a quarter of a minute.")]
    private partial void LogFailed(Exception exception);
}
