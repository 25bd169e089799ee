using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace IptCloud.Data.Journal;

/// <summary>What the journal tells: how long commits take, how many appends share one, what is refused.</summary>
public sealed class JournalMetrics : IDisposable
{
    /// <summary>The name of meter and activity source.</summary>
    public const string Name = "IptCloud.Journal";

    private static readonly ActivitySource Source = new(Name);
    private readonly Meter meter = new(Name);
    private readonly Histogram<double> duration;
    private readonly Histogram<int> size;
    private readonly Counter<long> refused;
    private readonly Counter<long> failed;

    /// <summary>Makes the instruments.</summary>
    public JournalMetrics()
    {
        duration = meter.CreateHistogram<double>("iptcloud.journal.commit.duration", "s", advice: new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5] });
        size = meter.CreateHistogram<int>("iptcloud.journal.commit.appends", "{append}", advice: new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });
        refused = meter.CreateCounter<long>("iptcloud.journal.refused", "{append}");
        failed = meter.CreateCounter<long>("iptcloud.journal.failed", "{commit}");
        failed.Add(0); // a counter that begins with its first failure shows no increase
    }

    /// <inheritdoc />
    public void Dispose() => meter.Dispose();

    internal void Observe(Func<int> depth) => meter.CreateObservableGauge("iptcloud.journal.queue", depth, "{append}");

    internal void Committed(int appends, TimeSpan took)
    {
        duration.Record(took.TotalSeconds);
        size.Record(appends);
    }

    internal void Refused(AppendOutcome outcome) => refused.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString()));

    internal void Failed() => failed.Add(1);

    /// <summary>A span for the commit, linked to each append that it carries: group commit takes the work out of the request's own trace.</summary>
    internal static Activity? StartCommit(IReadOnlyList<Append> appends) => Source.HasListeners()
        ? Source.StartActivity("commit", ActivityKind.Internal, default(ActivityContext), links: [.. appends.Where(a => a.Cause is not null).Select(a => new ActivityLink(a.Cause!.Value))])
        : null;
}
