using System.Collections.Immutable;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Messages;

/// <summary>One deadline that a sweep has claimed.</summary>
/// <param name="Attempt">How often it was claimed, this time included.</param>
/// <param name="Trace">The trace that made it due.</param>
public readonly record struct DueClaim(CourseKey Course, DateTimeOffset DueAt, int Attempt, string? Trace = null);

/// <summary>
/// Claims due work for a sweep, across networks; ids only. A claim pushes the row's visibility forward, so that the next
/// sweep passes over it by index: what was done leaves the table with the course's own append, and what was not comes back
/// by itself when the lease ends.
/// </summary>
public sealed class DueWorkClaims(Databases databases)
{
    /// <summary>Claims at most <paramref name="take"/> rows, the longest due first.</summary>
    public async Task<ImmutableArray<DueClaim>> ClaimAsync(DateTimeOffset now, TimeSpan lease, int take, CancellationToken ct = default)
    {
        await using var db = await databases.WriteAsync(DatabaseRole.Worker, ct);
        long due = now.ToUnixTimeMilliseconds(), until = (now + lease).ToUnixTimeMilliseconds();
        var rows = await db.DueWork.FromSql(db.Database.IsNpgsql() ? Postgres(due, until, take) : Sqlite(due, until, take)).AcrossNetworks().AsNoTracking().ToListAsync(ct);
        return [.. rows.Select(r => new DueClaim(new(r.NetworkId, r.CourseId), r.DueAt, r.Attempt, r.Trace))];
    }

    /// <summary>When the next row can be claimed; null if there is none.</summary>
    public async Task<DateTimeOffset?> EarliestAsync(CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Worker, ct);
        return await db.DueWork.AcrossNetworks().OrderBy(d => d.VisibleAt).Select(d => (DateTimeOffset?)d.VisibleAt).FirstOrDefaultAsync(ct);
    }

    /// <summary>Two sweeps at once take different rows: what one has locked, the other skips.</summary>
    private static FormattableString Postgres(long due, long until, int take) => $"""
        UPDATE due_work d SET visible_at = {until}, attempt = d.attempt + 1
        FROM (SELECT network_id, course_id, kind, subject FROM due_work WHERE visible_at <= {due}
              ORDER BY visible_at, network_id, course_id LIMIT {take} FOR UPDATE SKIP LOCKED) p
        WHERE (d.network_id, d.course_id, d.kind, d.subject) = (p.network_id, p.course_id, p.kind, p.subject)
        RETURNING d.*
        """;

    /// <summary>SQLite has one writer: a statement is a claim.</summary>
    private static FormattableString Sqlite(long due, long until, int take) => $"""
        UPDATE due_work SET visible_at = {until}, attempt = attempt + 1
        WHERE rowid IN (SELECT rowid FROM due_work WHERE visible_at <= {due} ORDER BY visible_at, network_id, course_id LIMIT {take})
        RETURNING *
        """;
}
