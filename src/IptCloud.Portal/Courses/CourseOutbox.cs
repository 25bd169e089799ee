using System.Collections.Immutable;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Portal.Courses;

/// <summary>How far a course's messages to its client got; the course knows only that they were queued.</summary>
public sealed class CourseOutbox(Databases databases)
{
    /// <summary>The state of each message.</summary>
    public async Task<ImmutableDictionary<MessageId, string>> StatesAsync(CourseKey key, IReadOnlyCollection<MessageId> messages, CancellationToken ct = default)
    {
        if (messages.Count == 0) return ImmutableDictionary<MessageId, string>.Empty;
        await using var db = await databases.ReadAsync(key.Network, ct);
        var rows = await db.Outbox.AsNoTracking().Where(m => m.NetworkId == key.Network && m.CourseId == key.Course && messages.Contains(m.MessageId))
            .Select(m => new { m.MessageId, m.State }).ToListAsync(ct);
        return rows.ToImmutableDictionary(r => r.MessageId, r => r.State);
    }
}
