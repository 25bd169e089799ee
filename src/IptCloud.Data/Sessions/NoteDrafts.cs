using System.Collections.Immutable;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Sessions;

/// <summary>A revision of a draft, opened.</summary>
/// <param name="Ticked">The codes of strategies and techniques that were ticked, separated by spaces.</param>
public sealed record NoteDraft(int Revision, MemberId Author, string Text, string Ticked, DateTimeOffset SavedAt);

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
        return await OpenAsync(await Newest(db, network, session).FirstOrDefaultAsync(ct), ct);
    }

    /// <summary>A certain revision; null if there is none.</summary>
    public async Task<NoteDraft?> FindAsync(NetworkId network, SessionId session, int revision, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return await OpenAsync(await Newest(db, network, session).FirstOrDefaultAsync(d => d.Revision == revision, ct), ct);
    }

    /// <summary>The revisions that nobody went on with, oldest first: the newest, and the last of every text that was typed beside it.</summary>
    public async Task<ImmutableArray<NoteDraft>> LastOfEachAsync(NetworkId network, SessionId session, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return await LastOfEachAsync(db, network, session, ct);
    }

    /// <summary>Saves a revision, if the form it comes from knew the newest one.</summary>
    public async Task<DraftSaved> SaveAsync(NetworkId network, CourseId course, SessionId session, MemberId author, NoteTyped typed, DateTimeOffset now, CancellationToken ct = default)
    {
        // Sealed before the turn to write: nobody else waits for it.
        var row = Row(await keys.RingAsync(network, ct: ct), network, course, session, author, typed, typed.Seen + 1, now);
        await using var db = await databases.WriteAsync(network, ct);
        var newest = await OpenAsync(await Newest(db, network, session).FirstOrDefaultAsync(ct), ct);
        // The same again, e.g. after a lost answer, is saved already.
        if (newest is not null && Same(newest, typed)) return new(true, newest);
        if ((newest?.Revision ?? 0) != typed.Seen) return new(false, newest!);
        db.NoteDrafts.Add(row);
        try
        {
            await db.SaveChangesAsync(ct);
            return new(true, Of(row, typed.Text));
        }
        catch (DbUpdateException)
        {
            // Only the primary key can object: another tab saved this revision in between. Anything else surfaces below.
            var theirs = await NewestAsync(network, session, ct);
            if (theirs is null || theirs.Revision <= typed.Seen) throw;
            return new(Same(theirs, typed), theirs);
        }
    }

    /// <summary>Saves what was typed beside a note that is signed already, whatever was saved meanwhile: nobody can overwrite it any more.</summary>
    public async Task<NoteDraft> KeepAsync(NetworkId network, CourseId course, SessionId session, MemberId author, NoteTyped typed, DateTimeOffset now, CancellationToken ct = default)
    {
        var ring = await keys.RingAsync(network, ct: ct);
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await databases.WriteAsync(network, ct);
            if ((await LastOfEachAsync(db, network, session, ct)).FirstOrDefault(d => d.Text == typed.Text) is { } kept) return kept;
            var newest = await Newest(db, network, session).Select(d => (int?)d.Revision).FirstOrDefaultAsync(ct);
            var row = Row(ring, network, course, session, author, typed, (newest ?? 0) + 1, now);
            db.NoteDrafts.Add(row);
            try
            {
                await db.SaveChangesAsync(ct);
                return Of(row, typed.Text);
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

    private static bool Same(NoteDraft draft, NoteTyped typed) => draft.Text == typed.Text && draft.Ticked == typed.Ticked;

    private static NoteDraftRow Row(KeyRing ring, NetworkId network, CourseId course, SessionId session, MemberId author, NoteTyped typed, int revision, DateTimeOffset now)
    {
        var (payload, keyVersion) = ring.Seal(Place.Draft(session, revision), typed.Text);
        return new()
        {
            // What it builds on comes from a form: if that is no earlier revision, it builds on none, and is shown rather than hidden.
            NetworkId = network, SessionId = session, Revision = revision, CourseId = course, Author = author, Payload = payload, KeyVersion = keyVersion, Ticked = typed.Ticked, BuildsOn = typed.BuildsOn < revision ? typed.BuildsOn : 0, SavedAt = now,
        };
    }

    private static NoteDraft Of(NoteDraftRow row, string text) => new(row.Revision, row.Author, text, row.Ticked, row.SavedAt);

    private async Task<NoteDraft?> OpenAsync(NoteDraftRow? row, CancellationToken ct) =>
        row is null ? null : Of(row, (await keys.RingAsync(row.NetworkId, row.KeyVersion, ct)).OpenText(Place.Draft(row.SessionId, row.Revision), row.Payload, row.KeyVersion));

    private static IQueryable<NoteDraftRow> Newest(IptCloudDb db, NetworkId network, SessionId session) =>
        db.NoteDrafts.AsNoTracking().Where(d => d.NetworkId == network && d.SessionId == session).OrderByDescending(d => d.Revision);

    private async Task<ImmutableArray<NoteDraft>> LastOfEachAsync(IptCloudDb db, NetworkId network, SessionId session, CancellationToken ct)
    {
        var rows = await db.NoteDrafts.AsNoTracking()
            .Where(d => d.NetworkId == network && d.SessionId == session && !db.NoteDrafts.Any(n => n.NetworkId == network && n.SessionId == session && n.BuildsOn == d.Revision))
            .OrderBy(d => d.Revision).ToListAsync(ct);
        var drafts = ImmutableArray.CreateBuilder<NoteDraft>(rows.Count);
        foreach (var row in rows) drafts.Add((await OpenAsync(row, ct))!);
        return drafts.ToImmutable();
    }
}
