using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Access;

/// <summary>
/// Locks an account's password and codes for five minutes after five wrong ones, on the system clock. Identity's own count
/// reads, adds and writes back, so that attempts at once count as one; this one adds in the database.
/// </summary>
public sealed class StaffLockout(Databases databases, TimeProvider system)
{
    private const int Most = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    /// <summary>Whether the account is locked now.</summary>
    public bool IsLocked(StaffUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.LockoutEnd > system.GetUtcNow();
    }

    /// <summary>A wrong password or code.</summary>
    public async Task FailAsync(StaffUser user, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        DateTimeOffset? until = system.GetUtcNow() + Pause;
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        await db.Users.Where(u => u.Id == user.Id).ExecuteUpdateAsync(s => s.SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount + 1), ct);
        await db.Users.Where(u => u.Id == user.Id && u.AccessFailedCount >= Most).ExecuteUpdateAsync(s => s.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, until), ct);
    }

    /// <summary>Signed in, or a new password was set: the count starts anew.</summary>
    public async Task ClearAsync(StaffUser user, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        (user.AccessFailedCount, user.LockoutEnd) = (0, null); // or whatever saves the user next would write the old ones back
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        await db.Users.Where(u => u.Id == user.Id && (u.AccessFailedCount > 0 || u.LockoutEnd != null)).ExecuteUpdateAsync(s => s.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null), ct);
    }
}
