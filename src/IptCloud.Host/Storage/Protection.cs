using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace IptCloud.Host.Storage;

/// <summary>The keys of cookies and forms: in the database, wrapped by the master key, the same for every process.</summary>
internal static class Protection
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    public static IServiceCollection AddProtection(this IServiceCollection services)
    {
        services.AddLogging().AddDataProtection().SetApplicationName("iptcloud").PersistKeysToDbContext<IptCloudDb>();
        services.AddOptions<KeyManagementOptions>().Configure<IMasterKeys>((o, master) => o.XmlEncryptor = new ProtectionKeyEncryptor(master));
        return services;
    }

    /// <summary>Makes the first key. Portals that start side by side would make one each, and not know the other's for a day.</summary>
    public static void Prepare(IServiceProvider services)
    {
        if (services.GetService<IKeyManager>() is not { } keys) return;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (keys.GetAllKeys().All(k => k.IsRevoked || k.ExpirationDate <= now)) keys.CreateNewKey(now, now + Lifetime);
    }
}
