using System.Collections.Immutable;
using IptCloud.Data.Journal;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Courses;

/// <summary>What happened in a course, newest first, read from the journal itself.</summary>
public sealed class CourseHistory(Databases databases, NetworkKeys keys)
{
    /// <summary>Up to <paramref name="take"/> events before <paramref name="beforeSeq"/> (null: from the newest).</summary>
    public async Task<ImmutableArray<RecordedEvent>> LoadAsync(CourseKey key, long? beforeSeq, int take, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(key.Network, ct);
        var rows = await db.Journal.AsNoTracking()
            .Where(j => j.NetworkId == key.Network && j.StreamKind == EventRegistry.CourseStream && j.StreamId == key.Course.Value && (beforeSeq == null || j.Seq < beforeSeq))
            .OrderByDescending(j => j.Seq).Take(take).ToListAsync(ct);
        return await keys.OpenAsync(key, rows.ConvertAll(StoredEvent.Of), ct);
    }
}
