using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace IptCloud.Jobs.Telemetry;

/// <summary>What the worker tells about itself. Never a network, a course or a person: job names, templates and outcomes only.</summary>
public static class JobMetrics
{
    /// <summary>The name of meter and activity source.</summary>
    public const string Name = "IptCloud.Jobs";

    internal static readonly ActivitySource Source = new(Name);

    internal static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Runs = Meter.CreateCounter<long>("iptcloud.jobs.runs", "{run}", "Jobs that ended, by outcome.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("iptcloud.jobs.duration", "s", "How long a job ran.", advice: new() { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300] });
    private static readonly Counter<long> Wakes = Meter.CreateCounter<long>("iptcloud.jobs.wakes", "{course}", "Courses woken for due work, by outcome.");
    private static readonly Histogram<double> Lateness = Meter.CreateHistogram<double>("iptcloud.jobs.lateness", "s", "Clinic time between a deadline and its claim.", advice: new() { HistogramBucketBoundaries = [1, 5, 15, 60, 300, 900, 3600, 14400, 86400] });
    private static readonly Counter<long> Messages = Meter.CreateCounter<long>("iptcloud.jobs.messages", "{message}", "Delivery attempts, by template and what the message became.");

    private static readonly Histogram<double> Lead = Meter.CreateHistogram<double>("iptcloud.messages.lateness", "s", "Clinic time between a message being queued and its having been sent; quiet hours count.", advice: new() { HistogramBucketBoundaries = [1, 5, 15, 60, 300, 900, 3600, 14400, 43200, 86400] });

    internal static void Ran(string job, bool failed, TimeSpan took)
    {
        // Not "job": that is Prometheus's own word for what it scrapes.
        TagList tags = new() { { "job_type", job }, { "outcome", failed ? "failed" : "done" } };
        Runs.Add(1, tags);
        Duration.Record(took.TotalSeconds, tags);
    }

    internal static void Claimed(TimeSpan late) => Lateness.Record(Math.Max(0, late.TotalSeconds));

    internal static void Left(TimeSpan after) => Lead.Record(Math.Max(0, after.TotalSeconds));

    internal static void Woken(bool failed) => Wakes.Add(1, new KeyValuePair<string, object?>("outcome", failed ? "failed" : "done"));

    internal static void Delivered(string template, string state) => Messages.Add(1, new TagList { { "template", template }, { "state", state } });

    internal static void Recovered(int messages) => Messages.Add(messages, new TagList { { "template", "any" }, { "state", "recovered" } });
}
