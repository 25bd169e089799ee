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

    /// <summary>A certain revision; null if there is none.</summary>
    public async Task<NoteDraftRow?> FindAsync(NetworkId network, SessionId session, int revision, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return await Newest(db, network, session).FirstOrDefaultAsync(d => d.Revision == revision, ct);
    }

    /// <summary>The revisions that nobody went on with, oldest first: the newest, and the last of every text that was typed beside it.</summary>
    public async Task<ImmutableArray<NoteDraftRow>> LastOfEachAsync(NetworkId network, SessionId session, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return [.. await LastOfEach(db, network, session).OrderBy(d => d.Revision).ToListAsync(ct)];
    }

    /// <summary>Saves a revision, if the form it comes from knew the newest one.</summary>
    public async Task<DraftSaved> SaveAsync(NetworkId network, CourseId course, SessionId session, MemberId author, NoteTyped typed, DateTimeOffset now, CancellationToken ct = default)
    {
        await using var db = await databases.WriteAsync(network, ct);
        var newest = await Newest(db, network, session).FirstOrDefaultAsync(ct);
        // The same again, e.g. after a lost answer, is saved already.
        if (newest is not null && Same(newest, typed)) return new(true, newest);
        if ((newest?.Revision ?? 0) != typed.Seen) return new(false, newest!);
        var row = Row(network, course, session, author, typed, typed.Seen + 1, now);
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
            if (theirs is null || theirs.Revision <= typed.Seen) throw;
            return new(Same(theirs, typed), theirs);
        }
    }

    /// <summary>Saves what was typed beside a note that is signed already, whatever was saved meanwhile: nobody can overwrite it any more.</summary>
    public async Task<NoteDraftRow> KeepAsync(NetworkId network, CourseId course, SessionId session, MemberId author, NoteTyped typed, DateTimeOffset now, CancellationToken ct = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await databases.WriteAsync(network, ct);
            if (await LastOfEach(db, network, session).FirstOrDefaultAsync(d => d.Payload == typed.Text, ct) is { } kept) return kept;
            var newest = await Newest(db, network, session).FirstOrDefaultAsync(ct);
            var row = Row(network, course, session, author, typed, (newest?.Revision ?? 0) + 1, now);
            db.NoteDrafts.Add(row);
            try
            {
                await db.SaveChangesAsync(ct);
                return row;
            }
            catch (DbUpdateException) when (attempt < 5)
            {
                // Another tab took the number; the next one is free.
            }
        }
    }

    /// <summary>Of these sessions, those with a draft.</summary>
    public async Task<ImmutableArray<SessionId>> WithDraftsAsync(NetworkId network, CourseId course, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return [.. await db.NoteDrafts.Where(d => d.NetworkId == network && d.CourseId == course).Select(d => d.SessionId).Distinct().ToListAsync(ct)];
    }

    private static bool Same(NoteDraftRow row, NoteTyped typed) => row.Payload == typed.Text && row.Ticked == typed.Ticked;

    private static NoteDraftRow Row(NetworkId network, CourseId course, SessionId session, MemberId author, NoteTyped typed, int revision, DateTimeOffset now) => new()
    {
        // What it builds on comes from a form: if that is no earlier revision, it builds on none, and is shown rather than hidden.
        NetworkId = network, SessionId = session, Revision = revision, CourseId = course, Author = author, Payload = typed.Text, Ticked = typed.Ticked, BuildsOn = typed.BuildsOn < revision ? typed.BuildsOn : 0, SavedAt = now,
    };

    private static IQueryable<NoteDraftRow> Newest(IptCloudDb db, NetworkId network, SessionId session) =>
        db.NoteDrafts.AsNoTracking().Where(d => d.NetworkId == network && d.SessionId == session).OrderByDescending(d => d.Revision);

    private static IQueryable<NoteDraftRow> LastOfEach(IptCloudDb db, NetworkId network, SessionId session) =>
        db.NoteDrafts.AsNoTracking().Where(d => d.NetworkId == network && d.SessionId == session
            && !db.NoteDrafts.Any(n => n.NetworkId == network && n.SessionId == session && n.BuildsOn == d.Revision));
}
