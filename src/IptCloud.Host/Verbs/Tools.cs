using IptCloud.Data.Storage;

namespace IptCloud.Host.Verbs;

/// <summary>The services of a verb that needs the database only.</summary>
internal static class Tools
{
    public static ServiceProvider Services(Launch launch)
    {
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddData(launch);
        return services.BuildServiceProvider();
    }

    /// <summary>The database of the profile.</summary>
    public static IServiceCollection AddData(this IServiceCollection services, Launch launch)
    {
        if (launch.Postgres is { } postgres) return services.AddPostgresData(postgres, launch.MasterKeyFile);
        try
        {
            Directory.CreateDirectory(launch.DataFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LaunchException($"The data folder {launch.DataFolder} cannot be used: {e.Message}");
        }

        return services.AddSqliteData(launch.DatabaseFile, launch.MasterKeyFile);
    }
}
