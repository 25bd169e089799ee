using System.Diagnostics.Metrics;

namespace IptCloud.Data.Audit;

/// <summary>What the audit tells: how long commits take, what could not be written, what waits to be sealed, what is broken.</summary>
public sealed class AuditMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "IptCloud.Audit";

    private readonly Meter meter = new(Name);
    private readonly Histogram<double> duration;
    private readonly Counter<long> written;
    private readonly Counter<long> failed;
    private readonly Counter<long> sealedEntries;
    private double unsealedSeconds;
    private int broken;

    /// <summary>Makes the instruments.</summary>
    public AuditMetrics()
    {
        duration = meter.CreateHistogram<double>("iptcloud.audit.commit.duration", "s", advice: new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5] });
        written = meter.CreateCounter<long>("iptcloud.audit.entries", "{entry}");
        failed = meter.CreateCounter<long>("iptcloud.audit.failed", "{commit}");
        sealedEntries = meter.CreateCounter<long>("iptcloud.audit.sealed", "{entry}");
        meter.CreateObservableGauge("iptcloud.audit.unsealed.age", () => Volatile.Read(ref unsealedSeconds), "s", "Age of the oldest entry that the last sealing found waiting.");
        meter.CreateObservableGauge("iptcloud.audit.broken.chains", () => Volatile.Read(ref broken), "{chain}", "Broken chains that the last check found.");
    }

    /// <inheritdoc />
    public void Dispose() => meter.Dispose();

    internal void Committed(int entries, TimeSpan took)
    {
        duration.Record(took.TotalSeconds);
        written.Add(entries);
    }

    internal void Failed() => failed.Add(1);

    internal void Sealed(int entries) => sealedEntries.Add(entries);

    internal void Waiting(TimeSpan oldest) => Volatile.Write(ref unsealedSeconds, oldest.TotalSeconds);

    internal void Checked(int chainsBroken) => Volatile.Write(ref broken, chainsBroken);
}
