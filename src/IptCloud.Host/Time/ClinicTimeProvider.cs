using IptCloud.Contracts.Time;

namespace IptCloud.Host.Time;

/// <summary>
/// The clinic clock: the system clock moved by an offset and run at a speed. At speed 1 and without an offset it is the
/// system clock, and never goes back. In a cluster it is the database's clock instead: see <see cref="Follow"/>.
/// </summary>
internal sealed class ClinicTimeProvider(TimeProvider system) : TimeProvider, IClinicClockControl
{
    private readonly Lock gate = new();
    private DateTimeOffset anchor = system.GetUtcNow();
    private DateTimeOffset systemAnchor = system.GetUtcNow();
    private bool isHeld;

    // Where the system's time stood, which no change of its clock moves, when the database's clock said what the anchor says.
    private long? followed;

    // Two readings of the same clock differ by as much on a busy machine.
    private static readonly TimeSpan Blur = TimeSpan.FromSeconds(0.25);

    /// <summary>How many seconds pass here while one passes on the system clock.</summary>
    public double Speed { get; private set; } = 1;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            if (isHeld) return SeedInstant.Current ?? anchor;
            return followed is { } since ? anchor + system.GetElapsedTime(since) : anchor + (system.GetUtcNow() - systemAnchor) * Speed;
        }
    }

    /// <summary>Goes by another clock from now on, which says that it is <paramref name="now"/>; told again and again, as the system's own drifts.</summary>
    public void Follow(DateTimeOffset now)
    {
        lock (gate)
        {
            if (Speed > 1) return; // somebody's measurement
            if (followed is not null && (now - GetUtcNow()).Duration() < Blur) return;
            (anchor, followed) = (now, system.GetTimestamp());
        }
    }

    /// <summary>Changes the speed from now on.</summary>
    public void SetSpeed(double speed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(speed, 1);
        lock (gate)
        {
            anchor = GetUtcNow();
            systemAnchor = system.GetUtcNow();
            Speed = speed;
        }
    }

    /// <summary>Stops the clock at an instant, for seeding a history: nothing falls due meanwhile, and only calls that carry a <see cref="SeedInstant"/> see another time.</summary>
    public void Hold(DateTimeOffset at)
    {
        lock (gate) (anchor, isHeld) = (at, true);
    }

    /// <summary>Lets the clock run from this instant, or from the system's if that is later.</summary>
    public void Release(DateTimeOffset from)
    {
        lock (gate)
        {
            systemAnchor = system.GetUtcNow();
            anchor = from > systemAnchor ? from : systemAnchor;
            isHeld = false;
        }
    }
}
