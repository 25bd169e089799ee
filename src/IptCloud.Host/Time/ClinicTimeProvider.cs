using IptCloud.Contracts.Time;

namespace IptCloud.Host.Time;

/// <summary>
/// The clinic clock: the system clock moved by an offset and run at a speed. At speed 1 and without an offset it is the
/// system clock, and never goes back. A cluster's system clock is the database's: see <see cref="SharedTime"/>.
/// </summary>
internal sealed class ClinicTimeProvider(TimeProvider system) : TimeProvider, IClinicClockControl
{
    private readonly Lock gate = new();
    private DateTimeOffset anchor = system.GetUtcNow();
    private DateTimeOffset systemAnchor = system.GetUtcNow();
    private bool isHeld;

    /// <summary>How many seconds pass here while one passes on the system clock.</summary>
    public double Speed { get; private set; } = 1;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            if (isHeld) return SeedInstant.Current ?? anchor;
            return anchor + (system.GetUtcNow() - systemAnchor) * Speed;
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
