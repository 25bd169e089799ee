using System.Collections.Immutable;
using IptCloud.Data.Access;
using IptCloud.Data.Audit;
using IptCloud.Data.Billing;
using IptCloud.Data.Storage;
using IptCloud.Domain;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Billing;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Networks;

/// <summary>An invitation as the people page shows it.</summary>
public sealed record Invite(Guid Id, string Email, string Name, Roles Roles, ImmutableArray<ClinicId> Clinics, DateTimeOffset SentAt, DateTimeOffset ExpiresAt);

/// <summary>An invitation as found by its letter's link.</summary>
public sealed record Invitation(StaffLink Link, NetworkId Network, string NetworkName, Guid Id, string Name, string Email, Roles Roles);

/// <summary>Invitations: for one address, for seven days, for one use.</summary>
public sealed class Invites(Databases databases, StaffLetters letters, SeatBook seats, BillingProfile profile, BillingClock clock, AuditWatch watch, TimeProvider system)
{
    /// <summary>Invitations that were neither accepted nor revoked, the newest first; some may have expired.</summary>
    public async Task<ImmutableArray<Invite>> OpenAsync(NetworkId network, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        var rows = await db.Invites.AsNoTracking().Where(i => i.NetworkId == network && i.AcceptedAt == null && i.RevokedAt == null).OrderByDescending(i => i.SentAt).ToListAsync(ct);
        return [.. rows.Select(r => new Invite(r.InviteId, r.Email, r.Name, r.Roles, ClinicsOf(r), r.SentAt, r.ExpiresAt))];
    }

    /// <summary>Invites somebody; the letter is queued in the same transaction. The same id again changes nothing.</summary>
    public async Task<Refusal?> InviteAsync(NetworkId network, Actor actor, Guid id, string email, string name, Roles roles, ImmutableArray<ClinicId> clinics, CancellationToken ct = default)
    {
        if (PeopleDecisions.Invite(actor, roles, clinics) is { } refused)
        {
            if (refused == PeopleRefusals.NotYours) watch.Settled(network, SettingsChange.Invited, id, denied: true);
            return refused;
        }

        var now = system.GetUtcNow();
        await using var db = await databases.WriteAsync(network, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await PeopleChanges.LockAsync(db, network, ct);
        if (await db.Invites.AnyAsync(i => i.NetworkId == network && i.InviteId == id, ct)) return null;
        if (await IsRestrictedAsync(db, network, ct)) return BillingRefusals.Restricted;
        var before = await seats.CountAsync(db, network, ct);
        // Compared in the process: the two databases do not agree on upper case beyond ASCII.
        if ((await db.Members.Where(m => m.NetworkId == network && m.RemovedAt == null).Select(m => m.Email).ToListAsync(ct)).Any(m => string.Equals(m, email, StringComparison.OrdinalIgnoreCase))) return PeopleRefusals.AlreadyMember;
        if ((await db.Invites.Where(i => i.NetworkId == network && i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > now).Select(i => i.Email).ToListAsync(ct)).Any(m => string.Equals(m, email, StringComparison.OrdinalIgnoreCase))) return PeopleRefusals.AlreadyInvited;
        db.Invites.Add(new()
        {
            NetworkId = network, InviteId = id, Email = email, Name = name, Roles = roles, Clinics = string.Join(' ', clinics), InvitedBy = actor.Member!.Value,
            SentAt = now, ExpiresAt = now + LetterPurpose.Invitation.Lifetime,
        });
        await letters.QueueAsync(db, LetterPurpose.Invitation, email, id, network, ct: ct);
        if (await seats.SettleAsync(db, network, before, ct) is { } noSeat) return noSeat;
        await transaction.CommitAsync(ct);
        watch.Settled(network, SettingsChange.Invited, id);
        return null;
    }

    /// <summary>Sends the letter again, for another seven days; the older link opens nothing from then on.</summary>
    public Task<Refusal?> ResendAsync(NetworkId network, Actor actor, Guid id, CancellationToken ct = default) => ChangeAsync(SettingsChange.InvitedAgain, network, actor, id, async (db, row) =>
    {
        row.SentAt = system.GetUtcNow();
        row.ExpiresAt = row.SentAt + LetterPurpose.Invitation.Lifetime;
        await letters.QueueAsync(db, LetterPurpose.Invitation, row.Email, id, network, ct: ct);
    }, ct);

    /// <summary>Takes an invitation back.</summary>
    public Task<Refusal?> RevokeAsync(NetworkId network, Actor actor, Guid id, CancellationToken ct = default) => ChangeAsync(SettingsChange.InviteRevoked, network, actor, id, (_, row) =>
    {
        row.RevokedAt = system.GetUtcNow();
        return Task.CompletedTask;
    }, ct);

    /// <summary>The invitation behind a link; null if it holds no longer, whatever the reason. Changes nothing.</summary>
    public async Task<Invitation?> FindAsync(string? token, CancellationToken ct = default)
    {
        if (await letters.FindAsync(token, LetterPurpose.Invitation, ct) is not { Network: { } network } link) return null;
        var now = system.GetUtcNow();
        await using var db = await databases.ReadAsync(network, ct);
        return await (from i in db.Invites
                      where i.NetworkId == network && i.InviteId == link.Subject && i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > now
                      join n in db.Networks on i.NetworkId equals n.NetworkId
                      select new Invitation(link, network, n.Name, i.InviteId, i.Name, i.Email, i.Roles)).SingleOrDefaultAsync(ct);
    }

    /// <summary>Makes the user a member. The user's confirmed address must be the one invited.</summary>
    public async Task<Refusal?> AcceptAsync(Invitation invitation, StaffUser user, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(invitation);
        ArgumentNullException.ThrowIfNull(user);
        if (!user.EmailConfirmed || !string.Equals(user.Email, invitation.Email, StringComparison.OrdinalIgnoreCase)) return PeopleRefusals.OtherAddress;
        var (network, now) = (invitation.Network, system.GetUtcNow());
        await using (var db = await databases.WriteAsync(network, ct))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await PeopleChanges.LockAsync(db, network, ct);
            if (await db.Invites.SingleOrDefaultAsync(i => i.NetworkId == network && i.InviteId == invitation.Id && i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > now, ct) is not { } row)
                return PeopleRefusals.InviteOver;
            var before = await seats.CountAsync(db, network, ct);
            row.AcceptedAt = now;
            var member = await db.Members.SingleOrDefaultAsync(m => m.NetworkId == network && m.UserId == user.Id, ct);
            if (member is { RemovedAt: null }) return PeopleRefusals.AlreadyMember;
            if (member is null) db.Members.Add(member = new() { NetworkId = network, MemberId = TypedId.Derive<MemberId>(row.InviteId, "member"), UserId = user.Id });
            (member.Name, member.Email, member.Roles, member.SuspendedAt, member.RemovedAt) = (row.Name, user.Email!, row.Roles, null, null);
            db.Memberships.Add(new() { UserId = user.Id, NetworkId = network, MemberId = member.MemberId });
            foreach (var clinic in ClinicsOf(row)) db.MemberClinics.Add(new() { NetworkId = network, MemberId = member.MemberId, ClinicId = clinic });
            await db.SaveChangesAsync(ct);
            if (await seats.SettleAsync(db, network, before, ct) is { } noSeat) return noSeat;
            await transaction.CommitAsync(ct);
            watch.Settled(network, SettingsChange.Joined, member.MemberId.Value);
        }

        // The invitation itself is used up already; its link need not look alive any longer.
        await using var directory = await databases.WriteAsync(DatabaseRole.Directory, ct);
        await letters.SpendAsync(directory, invitation.Link, ct);
        return null;
    }

    private async Task<Refusal?> ChangeAsync(SettingsChange what, NetworkId network, Actor actor, Guid id, Func<IptCloudDb, InviteRow, Task> change, CancellationToken ct)
    {
        await using var db = await databases.WriteAsync(network, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await PeopleChanges.LockAsync(db, network, ct);
        if (await db.Invites.SingleOrDefaultAsync(i => i.NetworkId == network && i.InviteId == id, ct) is not { AcceptedAt: null, RevokedAt: null } row) return PeopleRefusals.Gone;
        if (PeopleDecisions.Invite(actor, row.Roles, ClinicsOf(row)) is { } refused) return refused;
        if (what == SettingsChange.InvitedAgain && await IsRestrictedAsync(db, network, ct)) return BillingRefusals.Restricted;
        var before = await seats.CountAsync(db, network, ct);
        await change(db, row);
        await db.SaveChangesAsync(ct);
        if (await seats.SettleAsync(db, network, before, ct) is { } noSeat) return noSeat;
        await transaction.CommitAsync(ct);
        watch.Settled(network, what, id);
        return null;
    }

    private async Task<bool> IsRestrictedAsync(IptCloudDb db, NetworkId network, CancellationToken ct) =>
        (await Subscriptions.StandingAsync(db, profile, network, ct)).At(clock.Now) is Entitlement.Restricted or Entitlement.BillingOnly;

    private static ImmutableArray<ClinicId> ClinicsOf(InviteRow row) => [.. row.Clinics.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => ClinicId.From(Guid.Parse(c)))];
}
