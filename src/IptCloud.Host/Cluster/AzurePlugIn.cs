#if AZURE_STORAGE
using IptCloud.AzureStorage.Cluster;
#endif

namespace IptCloud.Host.Cluster;

/// <summary>The plug-in for Azure Storage in builds that have it. In the others no <see cref="AzureSettings"/> come to be, and nothing here is called.</summary>
internal static class AzurePlugIn
{
#if AZURE_STORAGE
    /// <summary>True for a build with <c>-p:AzureStorage=true</c>.</summary>
    public static bool IsCompiledIn => true;

    /// <summary>A silo whose cluster and snapshots are kept in the account.</summary>
    public static void AddAzure(this ISiloBuilder silo, AzureSettings settings, string storage) => silo.AddAzureStorage(Account(settings), storage);

    /// <summary>A client of such silos.</summary>
    public static void AddAzure(this IClientBuilder client, AzureSettings settings) => client.AddAzureStorage(Account(settings));

    /// <summary>Fails with one line if the account cannot be used.</summary>
    public static async Task DemandAsync(AzureSettings settings)
    {
        if (await AzureReach.FaultAsync(Account(settings)) is { } fault) throw new LaunchException($"Azure Storage: {fault}");
    }

    private static AzureAccount Account(AzureSettings settings)
    {
        try
        {
            return settings.Connection is { } connection
                ? AzureAccount.ByConnection(connection, settings.Name)
                : AzureAccount.ByIdentity(settings.BlobService!, settings.TableService!, settings.ClientId, settings.Name);
        }
        catch (FormatException e)
        {
            throw new LaunchException($"Azure__Connection: {e.Message}");
        }
    }
#else
    public static bool IsCompiledIn => false;

    public static void AddAzure(this ISiloBuilder silo, AzureSettings settings, string storage) => throw new NotSupportedException();

    public static void AddAzure(this IClientBuilder client, AzureSettings settings) => throw new NotSupportedException();

    public static Task DemandAsync(AzureSettings settings) => throw new NotSupportedException();
#endif
}
