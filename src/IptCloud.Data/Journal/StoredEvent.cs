using System.Collections.Immutable;
using IptCloud.Data.Keys;
using IptCloud.Domain.Courses;

namespace IptCloud.Data.Journal;

/// <summary>An event as it was read, still sealed.</summary>
internal readonly record struct StoredEvent(long Seq, Guid EventId, string Type, int Version, byte[] Payload, int KeyVersion, EventMeta Meta)
{
    public static StoredEvent Of(JournalRow r) =>
        new(r.Seq, r.EventId, r.Type, r.Version, r.Payload, r.KeyVersion, EventRegistry.Meta(r.OccurredAt, r.RecordedAt, r.Actor, r.OnBehalfOf, r.CommandId));
}

/// <summary>Opens events of a course.</summary>
internal static class StoredEvents
{
    public static async ValueTask<ImmutableArray<RecordedEvent>> OpenAsync(this NetworkKeys keys, CourseKey key, IReadOnlyCollection<StoredEvent> stored, CancellationToken ct)
    {
        if (stored.Count == 0) return [];
        var ring = await keys.RingAsync(key.Network, stored.Max(e => e.KeyVersion), ct);
        return [.. stored.Select(e => new RecordedEvent(e.Seq, e.EventId, EventRegistry.Read(e.Type, e.Version, ring.Open(Place.Event(EventRegistry.CourseStream, key.Course.Value, e.Seq), e.Payload, e.KeyVersion)), e.Meta))];
    }
}
