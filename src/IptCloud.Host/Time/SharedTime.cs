namespace IptCloud.Host.Time;

/// <summary>
/// The time of a cluster: the database's clock, and between two readings of it what has passed since by this machine, which no
/// change of the machine's clock moves. Sign-ins, one-time codes, deadlines and the clinic clock go by it, so that a machine
/// whose clock jumps signs nobody out and records nothing at another time. Before the first reading it is the machine's.
/// </summary>
internal sealed class SharedTime([FromKeyedServices(SharedTime.Machine)] TimeProvider machine) : TimeProvider
{
    /// <summary>The machine's own clock.</summary>
    public const string Machine = "machine";

    // Two readings of the same clock differ by as much on a busy machine.
    private static readonly TimeSpan Blur = TimeSpan.FromSeconds(0.25);

    private Reading? last;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => Volatile.Read(ref last) is { } read ? read.Now + machine.GetElapsedTime(read.At) : machine.GetUtcNow();

    /// <inheritdoc />
    public override long GetTimestamp() => machine.GetTimestamp();

    /// <inheritdoc />
    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>The database's clock says that it is <paramref name="now"/>; told again and again, as the machine's own drifts.</summary>
    public void Follow(DateTimeOffset now)
    {
        if (last is not null && (now - GetUtcNow()).Duration() < Blur) return;
        Volatile.Write(ref last, new(now, machine.GetTimestamp()));
    }

    private sealed record Reading(DateTimeOffset Now, long At);
}
