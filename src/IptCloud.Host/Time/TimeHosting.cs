using IptCloud.Contracts.Time;

namespace IptCloud.Host.Time;

internal static class TimeHosting
{
    /// <summary>
    /// The system clock, by which people sign in and pay; the clinic clock, by which a course runs; and in a cluster, where
    /// both are the database's, the machine's own. Only one process alone can set the clinic clock.
    /// </summary>
    public static IServiceCollection AddTime(this IServiceCollection services, Launch launch)
    {
        services.AddSingleton<ClinicTimeProvider>().AddKeyedSingleton<TimeProvider>(ClinicClock.Key, (s, _) => s.GetRequiredService<ClinicTimeProvider>());
        services.AddKeyedSingleton(SharedTime.Machine, TimeProvider.System).AddSingleton<DatabaseClock>();
        if (launch.IsEmbedded) return services.AddSingleton(TimeProvider.System).AddSingleton<IClinicClockControl>(s => s.GetRequiredService<ClinicTimeProvider>());
        return services.AddSingleton<SharedTime>().AddSingleton<TimeProvider>(s => s.GetRequiredService<SharedTime>())
            .AddSingleton<ClusterClock>().AddHostedService(s => s.GetRequiredService<ClusterClock>());
    }
}
