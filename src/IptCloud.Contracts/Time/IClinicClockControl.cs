namespace IptCloud.Contracts.Time;

/// <summary>
/// Makes the clinic clock run faster than the wall, for a demo. Registered only where that is allowed: without it the
/// clock runs at 1 and the portal offers no control.
/// </summary>
public interface IClinicClockControl
{
    /// <summary>Clinic seconds per second; 1 is real time.</summary>
    double Speed { get; }

    /// <summary>Goes on at another speed from the present clinic time: the clock never jumps.</summary>
    void SetSpeed(double speed);
}
