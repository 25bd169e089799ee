using System.Collections.Immutable;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Networks;

/// <summary>The platform's role. It lies on a membership, but no network gives it.</summary>
public sealed class PlatformRoles(Databases databases)
{
    /// <summary>Gives a person the role in the network named, or in their only one.</summary>
    /// <returns>The networks that came into question, and the member that was changed if there was just one.</returns>
    public async Task<(ImmutableArray<NetworkId> Networks, MemberId? Changed)> ChangeOpsAsync(string email, NetworkId? network, bool grant, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(email);
        ImmutableArray<MembershipRow> found;
        await using (var directory = await databases.ReadAsync(DatabaseRole.Directory, ct))
        {
            var normal = email.Trim().ToUpperInvariant();
            found = [.. await directory.Memberships.AsNoTracking().Where(m => directory.Users.Any(u => u.Id == m.UserId && u.NormalizedEmail == normal) && (network == null || m.NetworkId == network)).ToListAsync(ct)];
        }

        if (found is not [var only]) return ([.. found.Select(m => m.NetworkId)], null);
        await using var db = await databases.WriteAsync(only.NetworkId, ct);
        var member = await db.Members.SingleAsync(m => m.NetworkId == only.NetworkId && m.MemberId == only.MemberId, ct);
        member.Roles = grant ? member.Roles | Roles.Ops : member.Roles & ~Roles.Ops;
        await db.SaveChangesAsync(ct);
        return ([only.NetworkId], only.MemberId);
    }
}
