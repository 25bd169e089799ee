using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Access;

/// <summary>
/// Deletes what the directory still keeps of ways in that are closed (ASVS V14.2.7): who signed in from where, letters, used
/// recovery codes, and which network a client's old link leads to. Courses, messages and the audit are kept elsewhere.
/// </summary>
public sealed class ClosedAccess(Databases databases)
{
    /// <summary>How long it is kept after it has closed: time enough to ask who came in, and from where.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private const int Batch = 500;

    /// <summary>Deletes what has been closed for long. May be broken off and repeated.</summary>
    /// <param name="system">Now, by the system clock.</param>
    /// <param name="clinic">Now, by the clinic clock: clients' links close by that one.</param>
    /// <returns>How many rows went.</returns>
    public async Task<int> DeleteAsync(DateTimeOffset system, DateTimeOffset clinic, CancellationToken ct = default)
    {
        var before = system - Kept;
        var unconfirmed = system - SignUps.Letter.Lifetime;
        var deleted = 0;
        await using (var db = await databases.WriteAsync(DatabaseRole.Directory, ct))
        {
            // One that was never ended has long been ended by not being used.
            deleted += await db.SignIns.Where(s => s.LastSeenAt <= before && (s.EndedAt == null || s.EndedAt <= before)).ExecuteDeleteAsync(ct);
            // A letter that waits is withdrawn once it has expired, so that none of these can still leave.
            deleted += await db.StaffLetters.Where(l => l.ExpiresAt <= before).ExecuteDeleteAsync(ct);
            deleted += await db.RecoveryCodes.Where(c => c.UsedAt <= before).ExecuteDeleteAsync(ct);
            // These hold a password's hash, and nobody can confirm them any more.
            deleted += await db.SignUps.Where(s => s.At <= unconfirmed).ExecuteDeleteAsync(ct);
        }

        return deleted + await DeleteTokensAsync(clinic - Kept, ct);
    }

    // The directory knows a token's network only; when its link closed stands in the network.
    private async Task<int> DeleteTokensAsync(DateTimeOffset before, CancellationToken ct)
    {
        var (deleted, after) = (0, "");
        while (true)
        {
            List<TokenRow> page;
            await using (var db = await databases.ReadAsync(DatabaseRole.Directory, ct))
#pragma warning disable CA1309 // the database compares, in its own order
                page = await db.Tokens.AsNoTracking().Where(t => string.Compare(t.TokenHash, after) > 0).OrderBy(t => t.TokenHash).Take(Batch).ToListAsync(ct);
#pragma warning restore CA1309
            foreach (var group in page.GroupBy(t => t.NetworkId))
            {
                var hashes = group.Select(t => t.TokenHash).ToList();
                await using (var network = await databases.ReadAsync(group.Key, ct))
                    hashes = await network.TaskLinks.Where(l => hashes.Contains(l.TokenHash) && l.ExpiresAt <= before).Select(l => l.TokenHash).ToListAsync(ct);
                await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
                deleted += await db.Tokens.Where(t => hashes.Contains(t.TokenHash)).ExecuteDeleteAsync(ct);
            }

            if (page.Count < Batch) return deleted;
            after = page[^1].TokenHash;
        }
    }
}
