using System.Text.Json;
using IptCloud.Data.Access;
using IptCloud.Data.Audit;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Networks;

/// <summary>A sign-up as found by its letter's link.</summary>
public sealed record SignUp(StaffLink Link, Guid Id, string NetworkName, string Name, string Email, string PasswordHash);

/// <summary>
/// New networks. Nothing is made before the address is confirmed, and nobody is looked up at sign-up: the answer is the same
/// for an address that is known and one that is not.
/// </summary>
public sealed class SignUps(Databases databases, NetworkKeys keys, StaffLetters letters, AuditWatch watch, TimeProvider system)
{
    /// <summary>The letter that asks to confirm.</summary>
    public static LetterPurpose Letter { get; } = new("sign-up", LetterTemplate.Confirm, TimeSpan.FromHours(24));

    // Nobody's mailbox is filled by somebody else's play.
    private const int MostPending = 3;

    /// <summary>True while nobody at all can sign in: the installation is new.</summary>
    public async Task<bool> IsNewAsync(CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Directory, ct);
        return !await db.Users.AnyAsync(ct);
    }

    /// <summary>Keeps what was entered and queues the letter. Beyond a few for one address in a day, nothing happens.</summary>
    public async Task BeginAsync(Guid id, string networkName, string name, string email, string passwordHash, CancellationToken ct = default)
    {
        var now = system.GetUtcNow();
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.SignUps.Where(s => s.At <= now - Letter.Lifetime).ExecuteDeleteAsync(ct);
        if (await db.SignUps.AnyAsync(s => s.Id == id, ct) || await db.SignUps.CountAsync(s => s.Email == email, ct) >= MostPending) return;
        db.SignUps.Add(new() { Id = id, NetworkName = networkName, Name = name, Email = email, PasswordHash = passwordHash, At = now });
        await letters.QueueAsync(db, Letter, email, id, ct: ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>The sign-up behind a link; null if it holds no longer. Changes nothing.</summary>
    public async Task<SignUp?> FindAsync(string? token, CancellationToken ct = default)
    {
        if (await letters.FindAsync(token, Letter, ct) is not { } link) return null;
        await using var db = await databases.ReadAsync(DatabaseRole.Directory, ct);
        return await db.SignUps.Where(s => s.Id == link.Subject).Select(s => new SignUp(link, s.Id, s.NetworkName, s.Name, s.Email, s.PasswordHash)).SingleOrDefaultAsync(ct);
    }

    /// <summary>Makes the network, with the user as its owner and admin. Safe to repeat.</summary>
    public async Task<NetworkId> CompleteAsync(SignUp signUp, Guid user, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(signUp);
        var (network, member) = (TypedId.Derive<NetworkId>(signUp.Id, "network"), TypedId.Derive<MemberId>(signUp.Id, "member"));
        var founded = await keys.FoundAsync(new() { NetworkId = network, Name = signUp.NetworkName, Policy = JsonSerializer.Serialize(NetworkPolicy.Default) }, ct);
        await using (var db = await databases.WriteAsync(network, ct))
            if (!await db.Networks.AnyAsync(n => n.NetworkId == network, ct))
            {
                db.Networks.Add(founded);
                db.Members.Add(new() { NetworkId = network, MemberId = member, UserId = user, Name = signUp.Name, Email = signUp.Email, Roles = Roles.Owner | Roles.Admin });
                db.Memberships.Add(new() { NetworkId = network, MemberId = member, UserId = user });
                await db.SaveChangesAsync(ct);
                watch.Settled(network, SettingsChange.Founded, member.Value);
            }

        await using var directory = await databases.WriteAsync(DatabaseRole.Directory, ct);
        await letters.SpendAsync(directory, signUp.Link, ct);
        await directory.SignUps.Where(s => s.Id == signUp.Id).ExecuteDeleteAsync(ct);
        return network;
    }
}
