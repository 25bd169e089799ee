using System.Collections.Immutable;
using Hangfire;
using IptCloud.Contracts.Courses;
using IptCloud.Data.Messages;
using IptCloud.Data.Telemetry;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Jobs.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IptCloud.Jobs.DueWork;

/// <summary>
/// Wakes every course that has something due, once. Costs what is due, never what exists. Two sweeps at once are harmless:
/// each claims other rows. The name is a stored format.
/// </summary>
[JobTelemetry, Queue(WorkerQueues.Sweeps), AutomaticRetry(Attempts = 0)]
public sealed partial class SweepJob(
    DueWorkClaims claims, IGrainFactory grains, IOptions<WorkerOptions> options,
    WorkerClock clock, TimeProvider system, ILogger<SweepJob> logger)
{
    /// <summary>Sweeps until nothing more is due.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        ImmutableArray<DueClaim> batch;
        do
        {
            var now = await clock.ClinicAsync(ct);
            batch = await claims.ClaimAsync(now, options.Value.ClinicLease, options.Value.BatchSize, ct);
            foreach (var claim in batch.Where(c => c.Attempt == 1)) JobMetrics.Claimed(now - claim.DueAt);
            await Parallel.ForEachAsync(batch.GroupBy(c => c.Course), new ParallelOptions { MaxDegreeOfParallelism = options.Value.WakesAtOnce, CancellationToken = ct }, WakeAsync);
        }
        while (batch.Length == options.Value.BatchSize);
    }

    /// <summary>A course that fails keeps its claim and comes back when the lease ends; the others are not held up by it.</summary>
    private async ValueTask WakeAsync(IGrouping<CourseKey, DueClaim> due, CancellationToken ct)
    {
        var course = due.Key;
        using var span = JobMetrics.Source.StartActivity("wake course");
        foreach (var cause in due.Select(d => d.Trace).Distinct()) TraceOfCause.Link(span, cause);
        try
        {
            var command = TypedId.New<CommandId>(system.GetUtcNow());
            await grains.CallCourseAsync(course, g => g.WakeAsync(command)); // the network flows with this item only
            JobMetrics.Woken(failed: false);
        }
#pragma warning disable CA1031 // whatever is wrong with one course must not stop the others
        catch (Exception e)
#pragma warning restore CA1031
        {
            JobMetrics.Woken(failed: true);
            LogFailed(e, course.Course);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Course {Course} could not be woken; it will be tried again when its lease ends.")]
    private partial void LogFailed(Exception exception, CourseId course);
}
