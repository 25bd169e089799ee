using System.Diagnostics;
using Hangfire.Client;
using Hangfire.Common;
using Hangfire.Server;

namespace IptCloud.Jobs.Telemetry;

/// <summary>
/// A span and two measurements for every run of a job, tied to the trace in which it was enqueued. Arguments are ids and
/// stay out of both.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class JobTelemetryAttribute : JobFilterAttribute, IClientFilter, IServerFilter
{
    private const string Parent = "traceparent";
    private const string Running = "ipt.activity";
    private const string Started = "ipt.started";

    /// <inheritdoc />
    public void OnCreating(CreatingContext context)
    {
        if (Activity.Current?.Id is { } id) context.SetJobParameter(Parent, id);
    }

    /// <inheritdoc />
    public void OnCreated(CreatedContext context)
    {
    }

    /// <inheritdoc />
    public void OnPerforming(PerformingContext context)
    {
        ActivityContext.TryParse(context.GetJobParameter<string>(Parent), null, out var parent);
        context.Items[Running] = JobMetrics.Source.StartActivity($"job {NameOf(context)}", ActivityKind.Consumer, parent);
        context.Items[Started] = Stopwatch.GetTimestamp();
    }

    /// <inheritdoc />
    public void OnPerformed(PerformedContext context)
    {
        var failed = context.Exception is not null;
        JobMetrics.Ran(NameOf(context), failed, Stopwatch.GetElapsedTime((long)context.Items[Started]!));
        if (context.Items[Running] is not Activity activity) return;
        if (failed) activity.SetStatus(ActivityStatusCode.Error, context.Exception!.GetType().Name);
        activity.Dispose();
    }

    private static string NameOf(PerformContext context) => context.BackgroundJob.Job.Type.Name;
}
