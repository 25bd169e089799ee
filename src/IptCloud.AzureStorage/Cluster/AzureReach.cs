using Azure;
using Azure.Identity;

namespace IptCloud.AzureStorage.Cluster;

/// <summary>Asks both services at the start, so that a wrong setting is one line instead of a silo that never joins.</summary>
public static class AzureReach
{
    /// <summary>Makes container and table where they are not there yet.</summary>
    /// <returns>Why the account cannot be used, in a sentence; null: it can.</returns>
    public static async Task<string?> FaultAsync(AzureAccount account, CancellationToken ct = default) =>
        await FaultAsync("blob", account.Blobs.Uri, () => account.Blobs.GetBlobContainerClient(account.Container).CreateIfNotExistsAsync(cancellationToken: ct))
        ?? await FaultAsync("table", account.Tables.Uri, () => account.Tables.CreateTableIfNotExistsAsync(account.Table, ct));

    private static async Task<string?> FaultAsync(string service, Uri address, Func<Task> ask)
    {
        try
        {
            await ask();
            return null;
        }
        catch (AuthenticationFailedException e)
        {
            return $"no identity could be had for the {service} service at {address}: {FirstLine(e)}";
        }
        catch (RequestFailedException e) when (e.Status > 0)
        {
            return $"the {service} service at {address} refused ({e.Status} {e.ErrorCode}).{(e.Status is 401 or 403 ? " The key is wrong, or the identity has not the roles Storage Blob Data Contributor and Storage Table Data Contributor." : "")}";
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or OperationCanceledException)
        {
            return $"the {service} service at {address} cannot be reached: {FirstLine(e.InnerException ?? e)}";
        }
    }

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].Trim();
}
