using System.Collections.Immutable;
using IptCloud.Data.Audit;
using IptCloud.Data.Clients;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Courses;

/// <summary>One page of a caseload.</summary>
/// <param name="Total">Courses that match.</param>
/// <param name="Open">Open courses the actor may see.</param>
public sealed record CaseloadPage(ImmutableArray<CaseloadEntry> Entries, int Total, int Open, int OpenAlerts, int NeedAttention);

/// <summary>A course on the page, with its client's name.</summary>
public sealed record CaseloadEntry(CourseCardRow Card, string ClientName);

/// <summary>What a caseload shows.</summary>
/// <param name="Search">Part of a client's name; searched in the process, bounded by the caseload.</param>
/// <param name="Page">From 1.</param>
/// <param name="Closed">Ended courses instead of open ones.</param>
/// <param name="Everyone">All courses of the actor's clinics, for a supervisor; otherwise the actor's own.</param>
/// <param name="For">Those of an absent colleague for whom the actor may act now.</param>
public sealed record CaseloadFilter(string? Search = null, int Page = 1, bool Closed = false, bool Everyone = false, MemberId? For = null);

/// <summary>Caseloads: a therapist's own courses, or those of a supervisor's clinics. Cost grows with the page, not with the caseload.</summary>
public sealed class Caseload(Databases databases, ClientRecords clients, NetworkKeys keys, AuditWatch watch)
{
    /// <summary>Courses on one page.</summary>
    public const int PageSize = 25;

    /// <summary>The page that the filter asks for, most urgent first.</summary>
    public async Task<CaseloadPage> PageAsync(NetworkId network, Actor actor, CaseloadFilter filter, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        var mine = Visible(db, network, actor, filter);
        var closed = nameof(CourseStatus.Closed);
        var counts = await mine.Where(c => c.Status != closed).GroupBy(_ => 1)
            .Select(g => new { Open = g.Count(), Alerts = g.Sum(c => c.OpenAlerts), Attention = g.Count(c => c.Urgency > 0) }).SingleOrDefaultAsync(ct);
        var asked = filter.Closed ? mine.Where(c => c.Status == closed) : mine.Where(c => c.Status != closed);
        var page = Math.Max(1, filter.Page);
        if (string.IsNullOrWhiteSpace(filter.Search))
        {
            var total = filter.Closed ? await asked.CountAsync(ct) : counts?.Open ?? 0;
            var cards = await Ordered(asked).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(ct);
            var names = await clients.NamesAsync(network, cards.Select(c => c.ClientId), ct);
            return new([.. cards.Select(c => new CaseloadEntry(c, names.GetValueOrDefault(c.ClientId, "")))], total, counts?.Open ?? 0, counts?.Alerts ?? 0, counts?.Attention ?? 0);
        }

        var search = filter.Search.Trim();
        var named = await (from c in asked
                           join r in db.Clients on new { c.NetworkId, c.ClientId } equals new { r.NetworkId, r.ClientId }
                           orderby c.OpenAlerts > 0 descending, c.Urgency descending, c.NextAt ?? DateTimeOffset.MaxValue, c.CourseId
                           select new { c.CourseId, r.ClientId, r.Payload, r.KeyVersion }).ToListAsync(ct);
        var ring = await keys.RingAsync(network, named.Select(n => n.KeyVersion).DefaultIfEmpty().Max(), ct);
        var found = named.Select(n => (n.CourseId, Name: ClientRecords.Open(ring, n.ClientId, n.Payload, n.KeyVersion).FullName)).Where(n => n.Name.Contains(search, StringComparison.CurrentCultureIgnoreCase)).ToList();
        var shown = found.Skip((page - 1) * PageSize).Take(PageSize).ToList();
        var ids = shown.ConvertAll(n => n.CourseId);
        var byId = (await db.CourseCards.AsNoTracking().Where(c => c.NetworkId == network && ids.Contains(c.CourseId)).ToListAsync(ct)).ToDictionary(c => c.CourseId);
        watch.Shown(network, [.. byId.Values.Select(c => c.ClientId)]);
        return new([.. shown.Select(n => new CaseloadEntry(byId[n.CourseId], n.Name))], found.Count, counts?.Open ?? 0, counts?.Alerts ?? 0, counts?.Attention ?? 0);
    }

    /// <summary>However much else waits elsewhere, an open alert comes first.</summary>
    private static IQueryable<CourseCardRow> Ordered(IQueryable<CourseCardRow> cards) =>
        cards.OrderByDescending(c => c.OpenAlerts > 0).ThenByDescending(c => c.Urgency).ThenBy(c => c.NextAt ?? DateTimeOffset.MaxValue).ThenBy(c => c.CourseId);

    private static IQueryable<CourseCardRow> Visible(IptCloudDb db, NetworkId network, Actor actor, CaseloadFilter filter)
    {
        var cards = db.CourseCards.AsNoTracking().Where(c => c.NetworkId == network);
        var clinics = actor.Clinics.ToArray();
        if (filter.For is { } absent) return actor.ActsFor.Contains(absent) ? cards.Where(c => c.TherapistId == absent && clinics.Contains(c.ClinicId)) : cards.Where(c => false);
        return filter.Everyone && (actor.Roles & Roles.Supervisor) != 0
            ? cards.Where(c => clinics.Contains(c.ClinicId))
            : cards.Where(c => c.TherapistId == actor.Member);
    }
}
