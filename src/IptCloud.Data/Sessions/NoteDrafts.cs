using System.Collections.Immutable;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Sessions;

/// <summary>The outcome of saving a draft.</summary>
/// <param name="Saved">False: someone saved another revision meanwhile; <paramref name="Newest"/> is theirs.</param>
public sealed record DraftSaved(bool Saved, NoteDraftRow Newest);

/// <summary>Draft notes: every revision is kept, the newest is shown, two tabs never overwrite each other.</summary>
public sealed class NoteDrafts(Databases databases)
{
    /// <summary>The newest revision; null if nothing was typed yet.</summary>
    public async Task<NoteDraftRow?> NewestAsync(NetworkId network, SessionId session, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return await Newest(db, network, session).FirstOrDefaultAsync(ct);
    }

    /// <summary>Saves a revision that builds on <paramref name="seen"/> (0: on nothing).</summary>
    public async Task<DraftSaved> SaveAsync(NetworkId network, CourseId course, SessionId session, MemberId author, int seen, string text, DateTimeOffset now, CancellationToken ct = default)
    {
        await using var db = await databases.WriteAsync(network, ct);
        var newest = await Newest(db, network, session).FirstOrDefaultAsync(ct);
        // The same text again, e.g. after a lost answer, is saved already.
        if (newest is not null && newest.Payload == text) return new(true, newest);
        if ((newest?.Revision ?? 0) != seen) return new(false, newest!);
        var row = new NoteDraftRow { NetworkId = network, SessionId = session, Revision = seen + 1, CourseId = course, Author = author, Payload = text, SavedAt = now };
        db.NoteDrafts.Add(row);
        try
        {
            await db.SaveChangesAsync(ct);
            return new(true, row);
        }
        catch (DbUpdateException)
        {
            // Only the primary key can object: another tab saved this revision in between. Anything else surfaces below.
            await using var again = await databases.ReadAsync(network, ct);
            var theirs = await Newest(again, network, session).FirstOrDefaultAsync(ct);
            if (theirs is null || theirs.Revision <= seen) throw;
            return new(theirs.Payload == text, theirs);
        }
    }

    /// <summary>Of these sessions, those with a draft.</summary>
    public async Task<ImmutableArray<SessionId>> WithDraftsAsync(NetworkId network, CourseId course, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return [.. await db.NoteDrafts.Where(d => d.NetworkId == network && d.CourseId == course).Select(d => d.SessionId).Distinct().ToListAsync(ct)];
    }

    private static IQueryable<NoteDraftRow> Newest(IptCloudDb db, NetworkId network, SessionId session) =>
        db.NoteDrafts.AsNoTracking().Where(d => d.NetworkId == network && d.SessionId == session).OrderByDescending(d => d.Revision);
}
