using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Messages;

/// <summary>A client's link as found by its token.</summary>
/// <param name="Hash">SHA-256 of the token.</param>
/// <param name="BoundTo">SHA-256 of the browser's secret; null until it is bound.</param>
public sealed record TaskLink(string Hash, CourseKey Course, MessageId Message, ClinicId Clinic, DateTimeOffset ExpiresAt, string? BoundTo, DateTimeOffset? SpentAt);

/// <summary>
/// Clients' links: made when a message leaves, bound to one browser by its first POST, spent when everything behind them
/// is handed in. Reading one changes nothing, because mail scanners open links too.
/// </summary>
public sealed class TaskLinks(Databases databases)
{
    /// <summary>The link of a token; null if there is none.</summary>
    public async Task<TaskLink?> FindAsync(string token, CancellationToken ct = default)
    {
        if (!LinkToken.IsPlausible(token)) return null;
        var hash = LinkToken.Hash(token);
        await using var directory = await databases.ReadAsync(DatabaseRole.Directory, ct);
        if (await directory.Tokens.Where(t => t.TokenHash == hash).Select(t => (NetworkId?)t.NetworkId).SingleOrDefaultAsync(ct) is not { } network) return null;
        await using var db = await databases.ReadAsync(network, ct);
        var row = await db.TaskLinks.AsNoTracking().SingleOrDefaultAsync(l => l.TokenHash == hash, ct);
        return row is null ? null : new(hash, new(row.NetworkId, row.CourseId), row.MessageId, row.ClinicId, row.ExpiresAt, row.BoundTo, row.SpentAt);
    }

    /// <summary>Binds the link to a browser, unless another one came first or the link is spent or expired.</summary>
    /// <param name="browser">SHA-256 of the browser's secret.</param>
    /// <returns>True if the link is this browser's now; repeating it stays true.</returns>
    public async Task<bool> BindAsync(TaskLink link, string browser, DateTimeOffset now, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(link);
        await using var db = await databases.WriteAsync(link.Course.Network, ct);
        return await db.TaskLinks.Where(l => l.TokenHash == link.Hash && (l.BoundTo == null || l.BoundTo == browser) && l.SpentAt == null && l.ExpiresAt > now)
            .ExecuteUpdateAsync(u => u.SetProperty(l => l.BoundTo, browser), ct) == 1;
    }

    /// <summary>Marks a link as used up.</summary>
    public async Task SpendAsync(TaskLink link, DateTimeOffset now, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(link);
        await using var db = await databases.WriteAsync(link.Course.Network, ct);
        await db.TaskLinks.Where(l => l.TokenHash == link.Hash && l.SpentAt == null).ExecuteUpdateAsync(u => u.SetProperty(l => l.SpentAt, now), ct);
    }

    /// <summary>Makes the row of a message that is about to leave, in the transaction that commits to sending it.</summary>
    internal static async Task CreateAsync(IptCloudDb db, OutboxRow message, string token, CancellationToken ct)
    {
        var hash = LinkToken.Hash(token);
        if (await db.TaskLinks.AnyAsync(l => l.TokenHash == hash, ct)) return; // a second attempt sends the same link
        db.Tokens.Add(new() { TokenHash = hash, NetworkId = message.NetworkId });
        db.TaskLinks.Add(new() { TokenHash = hash, NetworkId = message.NetworkId, CourseId = message.CourseId, MessageId = message.MessageId, ClinicId = message.ClinicId, ExpiresAt = message.ClosesAt });
        await db.SaveChangesAsync(ct);
    }
}
