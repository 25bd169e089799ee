using IptCloud.Data.Messages;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Access;

/// <summary>A letter's link as found by its token.</summary>
/// <param name="Purpose">See <see cref="LetterPurpose.Name"/>; ask for the one that the page serves.</param>
/// <param name="Subject">What it is about, as its purpose means it.</param>
/// <param name="Address">Where the letter went: whoever brings the token reads mail there.</param>
public sealed record StaffLink(Guid Letter, string Purpose, Guid Subject, NetworkId? Network, string Address);

/// <summary>
/// Letters to staff and the links in them. A letter is queued in the transaction of its cause. Its link is looked at as
/// often as one likes, because mail scanners open links too, and spent once, by a form.
/// </summary>
public sealed class StaffLetters(Databases databases, TimeProvider system)
{
    /// <summary>Queues a letter with the caller's changes.</summary>
    /// <param name="db">The caller's, of the directory or of <paramref name="network"/>; it is saved.</param>
    /// <param name="subject">What it is about: a newer letter of the same purpose and subject closes the older one's link.</param>
    /// <param name="facts">What its text says beside the link, in the order that the text names them.</param>
    /// <returns>The letter's id.</returns>
    public async Task<Guid> QueueAsync(IptCloudDb db, LetterPurpose purpose, string address, Guid subject, NetworkId? network = null, IReadOnlyList<string>? facts = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(purpose);
        var now = system.GetUtcNow();
        StaffLetterRow row = new()
        {
            Id = Guid.NewGuid(), Purpose = purpose.Name, Template = purpose.Template.ToString(), Address = address, Subject = subject, NetworkId = network,
            QueuedAt = now, VisibleAt = now, ExpiresAt = now + purpose.Lifetime, State = OutboxStates.Pending, Facts = facts is null ? null : string.Join('\n', facts),
        };
        db.StaffLetters.Add(row);
        await db.SaveChangesAsync(ct);
        return row.Id;
    }

    /// <summary>The link of a token that still works for this purpose; null otherwise, whatever the reason. Changes nothing.</summary>
    public async Task<StaffLink?> FindAsync(string? token, LetterPurpose purpose, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        if (!LinkToken.IsPlausible(token)) return null;
        await using var db = await databases.ReadAsync(DatabaseRole.Directory, ct);
        return await Live(db, system.GetUtcNow()).Where(l => l.TokenHash == LinkToken.Hash(token!) && l.Purpose == purpose.Name)
            .Select(l => new StaffLink(l.Id, l.Purpose, l.Subject, l.NetworkId, l.Address)).SingleOrDefaultAsync(ct);
    }

    /// <summary>Uses the link up, in the caller's transaction with what it was for.</summary>
    /// <param name="db">Of the directory, for writing.</param>
    /// <returns>False if it was used, replaced or too old meanwhile: then nothing may be done for it.</returns>
    public async Task<bool> SpendAsync(IptCloudDb db, StaffLink link, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(link);
        var now = system.GetUtcNow();
        return await Live(db, now).Where(l => l.Id == link.Letter).ExecuteUpdateAsync(u => u.SetProperty(l => l.SpentAt, now), ct) == 1;
    }

    private static IQueryable<StaffLetterRow> Live(IptCloudDb db, DateTimeOffset now) => db.StaffLetters.Where(l =>
        l.SpentAt == null && l.ExpiresAt > now && !db.StaffLetters.Any(newer => newer.Purpose == l.Purpose && newer.Subject == l.Subject && newer.QueuedAt > l.QueuedAt));
}
