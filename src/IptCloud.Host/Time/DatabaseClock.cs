using IptCloud.Data.Storage;
using IptCloud.Host.Cluster;

namespace IptCloud.Host.Time;

/// <summary>What the database's clock said.</summary>
/// <param name="Now">Its time when the answer was here.</param>
/// <param name="Off">By how much at least this machine's clock is ahead of it; below zero: behind.</param>
internal readonly record struct ClockReading(DateTimeOffset Now, TimeSpan Off);

/// <summary>The one clock that all processes of a cluster share.</summary>
internal sealed class DatabaseClock(Databases databases, [FromKeyedServices(SharedTime.Machine)] TimeProvider machine, Launch launch)
{
    /// <summary>A machine whose clock is further off gets no work: the list of silos, the queue of jobs and the keys of cookies go by it.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    // One of the logins that a process of these roles has.
    private readonly DatabaseRole role = launch.Roles.HasFlag(ProcessRoles.Portal) ? DatabaseRole.Directory : launch.Roles.HasFlag(ProcessRoles.Worker) ? DatabaseRole.Worker : DatabaseRole.App;

    /// <summary>Asks it; null in the embedded profile, which has but one clock.</summary>
    public async Task<ClockReading?> ReadAsync(CancellationToken ct = default)
    {
        var (asked, begun) = (machine.GetUtcNow(), machine.GetTimestamp());
        if (await databases.ClockAsync(role, ct) is not { } theirs) return null;
        var (answered, took) = (machine.GetUtcNow(), machine.GetElapsedTime(begun));
        return new(theirs + (took / 2), theirs < asked ? asked - theirs : theirs > answered ? answered - theirs : TimeSpan.Zero);
    }
}
