using System.Collections.Immutable;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Access;

/// <summary>A sign-in that goes on, as its owner sees it.</summary>
public sealed record StaffSession(Guid Id, NetworkId? Network, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string Browser, string Address);

/// <summary>
/// The sign-ins of staff, on the system clock. A cookie names its sign-in, and every minute it is asked here whether that
/// one still goes on: ending it here puts whoever holds the cookie out.
/// </summary>
public sealed class StaffSessions(Databases databases, TimeProvider system)
{
    private const int MostAddress = 64;

    /// <summary>How long a sign-in without use can still be alive in a browser.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(31);

    /// <summary>Begins a sign-in.</summary>
    public async Task<Guid> BeginAsync(Guid user, NetworkId? network, string browser, string address, CancellationToken ct = default)
    {
        var now = system.GetUtcNow();
        SignInRow row = new() { Id = Guid.NewGuid(), UserId = user, NetworkId = network, CreatedAt = now, LastSeenAt = now, Browser = browser, Address = address.Length <= MostAddress ? address : address[..MostAddress] };
        await using var db = await databases.ReadAsync(DatabaseRole.Directory, ct);
        db.SignIns.Add(row);
        await db.SaveChangesAsync(ct);
        return row.Id;
    }

    /// <summary>Notes that a sign-in was used; false if it was ended.</summary>
    public Task<bool> TouchAsync(Guid session, CancellationToken ct = default) => ChangeAsync(db => db.SignIns.Where(s => s.Id == session && s.EndedAt == null), ct);

    /// <summary>Notes the network chosen in a sign-in.</summary>
    public async Task MoveAsync(Guid session, NetworkId network, CancellationToken ct = default)
    {
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        await db.SignIns.Where(s => s.Id == session).ExecuteUpdateAsync(u => u.SetProperty(s => s.NetworkId, network), ct);
    }

    /// <summary>Ends one sign-in of a person.</summary>
    public Task EndAsync(Guid user, Guid session, CancellationToken ct = default) => EndAsync(db => db.SignIns.Where(s => s.UserId == user && s.Id == session), ct);

    /// <summary>Ends every sign-in of a person but one.</summary>
    public Task EndOthersAsync(Guid user, Guid keep, CancellationToken ct = default) => EndAsync(db => db.SignIns.Where(s => s.UserId == user && s.Id != keep), ct);

    /// <summary>Ends every sign-in of a person; with a network, those that work in it.</summary>
    public Task EndAllAsync(Guid user, NetworkId? network = null, CancellationToken ct = default) =>
        EndAsync(db => db.SignIns.Where(s => s.UserId == user && (network == null || s.NetworkId == network)), ct);

    /// <summary>A person's sign-ins that go on, the last used first.</summary>
    public async Task<ImmutableArray<StaffSession>> ListAsync(Guid user, CancellationToken ct = default)
    {
        var since = system.GetUtcNow() - Idle;
        await using var db = await databases.ReadAsync(DatabaseRole.Directory, ct);
        var rows = await db.SignIns.AsNoTracking().Where(s => s.UserId == user && s.EndedAt == null && s.LastSeenAt > since).OrderByDescending(s => s.LastSeenAt).ToListAsync(ct);
        return [.. rows.Select(s => new StaffSession(s.Id, s.NetworkId, s.CreatedAt, s.LastSeenAt, s.Browser, s.Address))];
    }

    /// <summary>When each of these people last did something in a network, to the minute; who never did is left out.</summary>
    public async Task<ImmutableDictionary<Guid, DateTimeOffset>> LastSeenAsync(NetworkId network, IEnumerable<Guid> users, CancellationToken ct = default)
    {
        var ids = users.ToList();
        await using var db = await databases.ReadAsync(DatabaseRole.Directory, ct);
        var rows = await db.SignIns.Where(s => ids.Contains(s.UserId) && s.NetworkId == network).Select(s => new { s.UserId, s.LastSeenAt }).ToListAsync(ct);
        return rows.GroupBy(r => r.UserId).ToImmutableDictionary(g => g.Key, g => g.Max(r => r.LastSeenAt));
    }

    /// <summary>Whether the person has signed in from an address before.</summary>
    public async Task<bool> IsKnownAsync(Guid user, string address, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Directory, ct);
        return await db.SignIns.AnyAsync(s => s.UserId == user && s.Address == address, ct);
    }

    private async Task<bool> ChangeAsync(Func<IptCloudDb, IQueryable<SignInRow>> which, CancellationToken ct)
    {
        var now = system.GetUtcNow();
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        return await which(db).ExecuteUpdateAsync(u => u.SetProperty(s => s.LastSeenAt, now), ct) == 1;
    }

    private async Task EndAsync(Func<IptCloudDb, IQueryable<SignInRow>> which, CancellationToken ct)
    {
        var now = system.GetUtcNow();
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        await which(db).Where(s => s.EndedAt == null).ExecuteUpdateAsync(u => u.SetProperty(s => s.EndedAt, now), ct);
    }
}
