using IptCloud.Data.Storage;
using IptCloud.Host.Cluster;

namespace IptCloud.Host.Time;

/// <summary>What the database's clock said.</summary>
/// <param name="Now">Its time when the answer was here.</param>
/// <param name="Off">By how much at least this machine's clock is ahead of it; below zero: behind.</param>
internal readonly record struct ClockReading(DateTimeOffset Now, TimeSpan Off);

/// <summary>The one clock that all processes of a cluster share.</summary>
internal sealed class DatabaseClock(Databases databases, TimeProvider system, Launch launch)
{
    /// <summary>A clock that is further off does no work: codes of sign-in, sessions, and the list of silos go by it.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    // One of the logins that a process of these roles has.
    private readonly DatabaseRole role = launch.Roles.HasFlag(ProcessRoles.Portal) ? DatabaseRole.Directory : launch.Roles.HasFlag(ProcessRoles.Worker) ? DatabaseRole.Worker : DatabaseRole.App;

    /// <summary>Asks it; null in the embedded profile, which has but one clock.</summary>
    public async Task<ClockReading?> ReadAsync(CancellationToken ct = default)
    {
        var (asked, begun) = (system.GetUtcNow(), system.GetTimestamp());
        if (await databases.ClockAsync(role, ct) is not { } theirs) return null;
        var (answered, took) = (system.GetUtcNow(), system.GetElapsedTime(begun));
        return new(theirs + (took / 2), theirs < asked ? asked - theirs : theirs > answered ? answered - theirs : TimeSpan.Zero);
    }
}
