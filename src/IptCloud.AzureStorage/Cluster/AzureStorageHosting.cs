namespace IptCloud.AzureStorage.Cluster;

/// <summary>Puts a process's cluster and its snapshots into Azure Storage.</summary>
public static class AzureStorageHosting
{
    /// <summary>A silo that finds the others in a table and keeps snapshots in blobs.</summary>
    /// <param name="storage">The name of the grain storage.</param>
    public static ISiloBuilder AddAzureStorage(this ISiloBuilder silo, AzureAccount account, string storage) => silo
        .UseAzureStorageClustering(o => (o.TableServiceClient, o.TableName) = (account.Tables, account.Table))
        .AddAzureBlobGrainStorage(storage, o => (o.BlobServiceClient, o.ContainerName) = (account.Blobs, account.Container));

    /// <summary>A client that finds silos in the table.</summary>
    public static IClientBuilder AddAzureStorage(this IClientBuilder client, AzureAccount account) =>
        client.UseAzureStorageClustering(o => (o.TableServiceClient, o.TableName) = (account.Tables, account.Table));
}
