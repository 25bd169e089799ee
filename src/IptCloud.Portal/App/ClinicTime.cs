using IptCloud.Contracts.Time;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Portal;

/// <summary>The clinic clock as pages show it: the instant, and how fast it runs.</summary>
public sealed class ClinicTime([FromKeyedServices(ClinicClock.Key)] TimeProvider clock, IServiceProvider services)
{
    /// <summary>The clinic's now.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Changes the speed; null where the clock cannot be changed.</summary>
    public IClinicClockControl? Control { get; } = services.GetService<IClinicClockControl>();

    /// <summary>Clinic seconds per second.</summary>
    public double Speed => Control?.Speed ?? 1;
}
