using System.Collections.Immutable;
using IptCloud.Data.Journal;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Courses;

/// <summary>What happened in a course, newest first, read from the journal itself.</summary>
public sealed class CourseHistory(NetworkKeys keys)
{
    private readonly Func<IptCloudDb, NetworkId, Guid, long, int, IAsyncEnumerable<JournalRow>> before = EF.CompileAsyncQuery((IptCloudDb db, NetworkId network, Guid course, long seq, int take) =>
        db.Journal.AsNoTracking().Where(j => j.NetworkId == network && j.StreamKind == EventRegistry.CourseStream && j.StreamId == course && j.Seq < seq).OrderByDescending(j => j.Seq).Take(take));

    /// <summary>Up to <paramref name="take"/> events before <paramref name="beforeSeq"/> (null: from the newest).</summary>
    public async Task<ImmutableArray<RecordedEvent>> LoadAsync(IptCloudDb db, CourseKey key, long? beforeSeq, int take, CancellationToken ct = default)
    {
        var rows = await before(db, key.Network, key.Course.Value, beforeSeq ?? long.MaxValue, take).ToListAsync(ct);
        return await keys.OpenAsync(key, rows.ConvertAll(StoredEvent.Of), ct);
    }
}
