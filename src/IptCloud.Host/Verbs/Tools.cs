using IptCloud.Data.Audit;
using IptCloud.Data.Storage;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Identifiers;
using IptCloud.Host.Storage;

namespace IptCloud.Host.Verbs;

/// <summary>The services of a verb that needs the database only.</summary>
internal static class Tools
{
    public static ServiceProvider Services(Launch launch)
    {
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddData(launch).AddProtection();
        return services.BuildServiceProvider();
    }

    /// <summary>Leaves an entry in a network's audit: what a person did with this program is theirs to see.</summary>
    public static Task RecordAsync(this IServiceProvider services, NetworkId network, AuditAction action, string detail, Guid? subject = null) =>
        services.GetRequiredService<AuditLog>().WriteAsync(AuditEntry.New(network, services.GetRequiredService<TimeProvider>().GetUtcNow(), AuditActor.System, action, AuditOutcome.Done) with { Detail = detail, Subject = subject });

    /// <summary>The database of the profile.</summary>
    public static IServiceCollection AddData(this IServiceCollection services, Launch launch)
    {
        if (launch.Postgres is { } postgres) return services.AddPostgresData(postgres, launch.MasterKeyFile);
        try
        {
            OwnerOnly.MakeFolder(launch.DataFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LaunchException($"The data folder {launch.DataFolder} cannot be used: {e.Message}");
        }

        return services.AddSqliteData(launch.DatabaseFile, launch.MasterKeyFile);
    }
}
