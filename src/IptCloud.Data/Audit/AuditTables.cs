using System.Collections.Immutable;
using IptCloud.Data.Journal;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Audit;

/// <summary>The audit's tables: how an entry becomes rows, and an entry again.</summary>
internal static class AuditTables
{
    public static readonly Table Entries = new("audit_entries", 2, WriteKind.Exclusive,
        new("network_id", ColumnKind.Id), new("entry_id", ColumnKind.Id), new("at", ColumnKind.Number), new("actor_kind", ColumnKind.Text), new("member_id", ColumnKind.Id),
        new("on_behalf_of", ColumnKind.Id), new("user_id", ColumnKind.Id), new("action", ColumnKind.Text), new("outcome", ColumnKind.Text), new("course_id", ColumnKind.Id),
        new("subject_id", ColumnKind.Id), new("origin", ColumnKind.Text), new("session_id", ColumnKind.Text), new("detail", ColumnKind.Text));

    public static readonly Table Clients = new("audit_entry_clients", 3, WriteKind.Exclusive,
        new("network_id", ColumnKind.Id), new("client_id", ColumnKind.Id), new("entry_id", ColumnKind.Id));

    /// <summary>Maps the tables.</summary>
    public static void Map(ModelBuilder builder)
    {
        builder.Entity<AuditEntryRow>(e =>
        {
            e.ToTable("audit_entries").HasKey(x => new { x.NetworkId, x.EntryId });
            e.HasIndex(x => new { x.NetworkId, x.MemberId, x.EntryId });
            // For the sealer, which looks for what is new in all networks.
            e.HasIndex(x => x.EntryId);
        });
        builder.Entity<AuditEntryClientRow>(e =>
        {
            e.ToTable("audit_entry_clients").HasKey(x => new { x.NetworkId, x.ClientId, x.EntryId });
            e.HasIndex(x => new { x.NetworkId, x.EntryId });
        });
        builder.Entity<AuditLinkRow>(e =>
        {
            e.ToTable("audit_chain").HasKey(x => new { x.NetworkId, x.Seq });
            e.HasIndex(x => new { x.NetworkId, x.EntryId }).IsUnique();
            e.HasIndex(x => x.EntryId);
        });
    }

    public static object?[] Row(AuditEntry e) =>
    [
        e.Network.Value, e.Id, e.At.ToUnixTimeMilliseconds(), e.Actor.Kind?.ToString(), e.Actor.Member?.Value, e.Actor.OnBehalfOf?.Value, e.Actor.User, e.Action, e.Outcome.ToString(),
        e.Course?.Value, e.Subject, e.Origin, e.Session, e.Detail,
    ];

    public static AuditEntry Read(AuditEntryRow r, IEnumerable<ClientId> clients) => new(
        r.NetworkId, r.EntryId, r.At,
        new(Enum.TryParse<ActorKind>(r.ActorKind, out var kind) ? kind : null, r.MemberId, r.OnBehalfOf, r.UserId),
        r.Action, Enum.TryParse<AuditOutcome>(r.Outcome, out var outcome) ? outcome : default, [.. clients], r.CourseId, r.SubjectId, r.Origin, r.SessionId, r.Detail);

    /// <summary>The entries of rows, in their order, with the clients they are about.</summary>
    public static async Task<ImmutableArray<AuditEntry>> WithClientsAsync(this IQueryable<AuditEntryClientRow> clients, NetworkId network, List<AuditEntryRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return [];
        var ids = rows.ConvertAll(r => r.EntryId);
        var found = await clients.Where(c => c.NetworkId == network && ids.Contains(c.EntryId)).Select(c => new { c.EntryId, c.ClientId }).ToListAsync(ct);
        var byEntry = found.ToLookup(c => c.EntryId, c => c.ClientId);
        return [.. rows.Select(r => Read(r, byEntry[r.EntryId]))];
    }
}
