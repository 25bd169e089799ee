using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace IptCloud.AzureStorage.Cluster;

/// <summary>A storage account, and what this installation calls its own in it.</summary>
/// <param name="Blobs">Where snapshots are kept.</param>
/// <param name="Tables">Where silos find one another.</param>
/// <param name="Container">The container of the snapshots.</param>
/// <param name="Table">The table of the silos.</param>
public sealed record AzureAccount(BlobServiceClient Blobs, TableServiceClient Tables, string Container, string Table)
{
    // A snapshot spares a replay, which takes milliseconds: a service that does not answer at once must not hold a course up for longer than its caller waits.
    private static readonly TimeSpan AnswerOfBlobs = TimeSpan.FromSeconds(2);

    // Whom the cluster consists of cannot be had elsewhere.
    private static readonly TimeSpan AnswerOfTables = TimeSpan.FromSeconds(5);
    private const int MoreTries = 2;

    /// <summary>An account by its connection string, which holds the key to it.</summary>
    /// <param name="name">Lower-case letters and digits: part of the names of container and table.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static AzureAccount ByConnection(string connection, string name)
    {
        try
        {
            return new(new(connection, BlobOptions()), new(connection, TableOptions()), ContainerOf(name), TableOf(name));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException)
        {
            // The message of what was caught may quote the key.
            throw new FormatException("It is not the connection string of a storage account.");
        }
    }

    /// <summary>An account by the identity of the machine, or of its pod, that this process runs on: no key anywhere.</summary>
    /// <param name="client">The client id of an identity that somebody made and assigned; null: the machine's own.</param>
    public static AzureAccount ByIdentity(Uri blobs, Uri tables, string? client, string name)
    {
        // Not the default chain: it would also try the sign-ins of whoever develops on the machine.
        ChainedTokenCredential identity = new(
            new WorkloadIdentityCredential(client is null ? new() : new() { ClientId = client }),
            new ManagedIdentityCredential(Machine(client)));
        return new(new(blobs, identity, BlobOptions()), new(tables, identity, TableOptions()), ContainerOf(name), TableOf(name));
    }

    private static ManagedIdentityCredentialOptions Machine(string? client)
    {
        ManagedIdentityCredentialOptions options = new(client is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(client));
        // Where there is none, nobody answers, and whoever starts the process waits for that.
        (options.Retry.MaxRetries, options.Retry.NetworkTimeout) = (MoreTries, AnswerOfTables);
        return options;
    }

    private static string ContainerOf(string name) => $"{name}-snapshots";

    private static string TableOf(string name) => $"{name}silos";

    private static BlobClientOptions BlobOptions()
    {
        BlobClientOptions options = new();
        (options.Retry.MaxRetries, options.Retry.NetworkTimeout) = (0, AnswerOfBlobs);
        return options;
    }

    private static TableClientOptions TableOptions()
    {
        TableClientOptions options = new();
        (options.Retry.MaxRetries, options.Retry.NetworkTimeout, options.Retry.Mode) = (MoreTries, AnswerOfTables, RetryMode.Exponential);
        return options;
    }
}
