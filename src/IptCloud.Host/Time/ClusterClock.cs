using System.Diagnostics.Metrics;
using System.Globalization;

namespace IptCloud.Host.Time;

/// <summary>
/// Keeps the time of a cluster's process with the database's clock, and tells how far its machine's is off.
/// </summary>
internal sealed partial class ClusterClock : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private readonly DatabaseClock database;
    private readonly SharedTime shared;
    private readonly Meter meter = new("IptCloud.Clock");
    private readonly ILogger<ClusterClock> log;
    private double offSeconds;

    public ClusterClock(DatabaseClock database, SharedTime shared, ILogger<ClusterClock> log)
    {
        (this.database, this.shared, this.log) = (database, shared, log);
        meter.CreateObservableGauge("iptcloud.clock.offset", () => Volatile.Read(ref offSeconds), "s", "How far this machine's clock is ahead of the database's.");
    }

    /// <summary>Sets the time. A process whose machine's clock is wrong does not start.</summary>
    /// <exception cref="LaunchException">The clock is wrong. Silos are told apart by when they were started: after one from the future none would come in at the same address until then.</exception>
    public async Task DemandAsync()
    {
        ClockReading? best = null;
        for (var tries = 0; tries < 3 && best?.Off != TimeSpan.Zero; tries++)
            if (await database.ReadAsync() is { } reading && (best is null || reading.Off.Duration() < best.Value.Off.Duration())) best = reading;
        if (best is not { } found) return;
        if (found.Off.Duration() > DatabaseClock.Most) throw new LaunchException($"This machine's clock is {Words(found.Off)} the database's. Set it right (time synchronisation), then start again.");
        Take(found);
    }

    /// <summary>"7.0 s ahead of".</summary>
    public static string Words(TimeSpan off) => string.Create(CultureInfo.InvariantCulture, $"{off.Duration().TotalSeconds:0.0} s {(off > TimeSpan.Zero ? "ahead of" : "behind")}");

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Every, shared);
        do
        {
            try
            {
                if (await database.ReadAsync(stoppingToken) is { } reading) Take(reading);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The clock runs on by itself; that the database is away is said elsewhere.
                Log.Unread(log, e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Take(ClockReading reading)
    {
        Volatile.Write(ref offSeconds, reading.Off.TotalSeconds);
        shared.Follow(reading.Now);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "The database's clock was not read: {Failure}.")]
        public static partial void Unread(ILogger logger, string failure);
    }
}
