using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Storage;

/// <summary>Contexts by what they are for.</summary>
public static class Databases
{
    /// <summary>A context that has the turn to write, where the database has turns, until it is disposed. Nothing else may be waited for meanwhile.</summary>
    public static async Task<IptCloudDb> CreateForWritingAsync(this IDbContextFactory<IptCloudDb> databases, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(databases);
        var db = await databases.CreateDbContextAsync(ct);
        try
        {
            await db.TakeTurnAsync(ct);
            return db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }
}
