using IptCloud.Contracts.Time;
using IptCloud.Data.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IptCloud.Jobs;

/// <summary>
/// The time by which work is claimed and leases end. Several workers go by the database's clock, so that one whose own is
/// wrong claims nothing early and takes nothing from the others; the only worker goes by its own, which may run faster.
/// </summary>
public sealed class WorkerClock(Databases databases, IOptions<WorkerOptions> options, [FromKeyedServices(ClinicClock.Key)] TimeProvider clinic, TimeProvider system)
{
    /// <summary>For due work and clients' messages.</summary>
    public Task<DateTimeOffset> ClinicAsync(CancellationToken ct = default) => NowAsync(clinic, ct);

    /// <summary>For staff letters and billing.</summary>
    public Task<DateTimeOffset> SystemAsync(CancellationToken ct = default) => NowAsync(system, ct);

    private async Task<DateTimeOffset> NowAsync(TimeProvider own, CancellationToken ct) =>
        options.Value.UsesDatabaseClock && await databases.ClockAsync(DatabaseRole.Worker, ct) is { } now ? now : own.GetUtcNow();
}
