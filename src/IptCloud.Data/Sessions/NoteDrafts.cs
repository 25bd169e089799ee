using System.Collections.Immutable;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Sessions;

/// <summary>A revision of a draft, opened.</summary>
public sealed record NoteDraft(int Revision, MemberId Author, string Text, DateTimeOffset SavedAt);

/// <summary>The outcome of saving a draft.</summary>
/// <param name="Saved">False: someone saved another revision meanwhile; <paramref name="Newest"/> is theirs.</param>
public sealed record DraftSaved(bool Saved, NoteDraft Newest);

/// <summary>Draft notes: every revision is kept, the newest is shown, two tabs never overwrite each other.</summary>
public sealed class NoteDrafts(Databases databases, NetworkKeys keys)
{
    /// <summary>The newest revision; null if nothing was typed yet.</summary>
    public async Task<NoteDraft?> NewestAsync(NetworkId network, SessionId session, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return await NewestAsync(db, network, session, ct);
    }

    /// <summary>Saves a revision that builds on <paramref name="seen"/> (0: on nothing).</summary>
    public async Task<DraftSaved> SaveAsync(NetworkId network, CourseId course, SessionId session, MemberId author, int seen, string text, DateTimeOffset now, CancellationToken ct = default)
    {
        var (payload, keyVersion) = (await keys.RingAsync(network, ct: ct)).Seal(Place.Draft(session, seen + 1), text);
        await using var db = await databases.WriteAsync(network, ct);
        var newest = await NewestAsync(db, network, session, ct);
        // The same text again, e.g. after a lost answer, is saved already.
        if (newest is not null && newest.Text == text) return new(true, newest);
        if ((newest?.Revision ?? 0) != seen) return new(false, newest!);
        var row = new NoteDraftRow { NetworkId = network, SessionId = session, Revision = seen + 1, CourseId = course, Author = author, Payload = payload, KeyVersion = keyVersion, SavedAt = now };
        db.NoteDrafts.Add(row);
        try
        {
            await db.SaveChangesAsync(ct);
            return new(true, new(row.Revision, author, text, now));
        }
        catch (DbUpdateException)
        {
            // Only the primary key can object: another tab saved this revision in between. Anything else surfaces below.
            var theirs = await NewestAsync(network, session, ct);
            if (theirs is null || theirs.Revision <= seen) throw;
            return new(theirs.Text == text, theirs);
        }
    }

    /// <summary>Of these sessions, those with a draft.</summary>
    public async Task<ImmutableArray<SessionId>> WithDraftsAsync(NetworkId network, CourseId course, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return [.. await db.NoteDrafts.Where(d => d.NetworkId == network && d.CourseId == course).Select(d => d.SessionId).Distinct().ToListAsync(ct)];
    }

    private async Task<NoteDraft?> NewestAsync(IptCloudDb db, NetworkId network, SessionId session, CancellationToken ct)
    {
        var row = await db.NoteDrafts.AsNoTracking().Where(d => d.NetworkId == network && d.SessionId == session).OrderByDescending(d => d.Revision).FirstOrDefaultAsync(ct);
        if (row is null) return null;
        var ring = await keys.RingAsync(network, row.KeyVersion, ct);
        return new(row.Revision, row.Author, ring.OpenText(Place.Draft(session, row.Revision), row.Payload, row.KeyVersion), row.SavedAt);
    }
}
