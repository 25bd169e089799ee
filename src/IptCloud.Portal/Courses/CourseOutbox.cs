using System.Collections.Immutable;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Portal.Courses;

/// <summary>How far a course's messages to its client got; the course knows only that they were queued.</summary>
public sealed class CourseOutbox
{
    private readonly Func<IptCloudDb, NetworkId, CourseId, List<MessageId>, IAsyncEnumerable<KeyValuePair<MessageId, string>>> states = EF.CompileAsyncQuery((IptCloudDb db, NetworkId network, CourseId course, List<MessageId> messages) =>
        db.Outbox.Where(m => m.NetworkId == network && m.CourseId == course && messages.Contains(m.MessageId)).Select(m => new KeyValuePair<MessageId, string>(m.MessageId, m.State)));

    /// <summary>The state of each message.</summary>
    public async Task<ImmutableDictionary<MessageId, string>> StatesAsync(IptCloudDb db, CourseKey key, IReadOnlyCollection<MessageId> messages, CancellationToken ct = default)
    {
        if (messages.Count == 0) return ImmutableDictionary<MessageId, string>.Empty;
        return ImmutableDictionary.CreateRange(await states(db, key.Network, key.Course, [.. messages]).ToListAsync(ct));
    }
}
