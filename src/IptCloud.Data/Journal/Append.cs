using System.Collections.Immutable;
using System.Diagnostics;
using IptCloud.Data.Courses;
using IptCloud.Data.Keys;
using IptCloud.Domain.Courses;

namespace IptCloud.Data.Journal;

/// <summary>What one accepted command writes, in one transaction: its events, the difference they make to the derived tables, its messages.</summary>
public sealed class Append
{
    private Append(CourseKey key, IReadOnlyList<TableChange> changes, bool withdraws) => (Key, Changes, WithdrawsClientMessages, Cause) = (key, changes, withdraws, Activity.Current?.Context);

    /// <summary>The course.</summary>
    public CourseKey Key { get; }

    /// <summary>An alert, a hold or the end: what is not on its way to the client yet stays here.</summary>
    public bool WithdrawsClientMessages { get; }

    internal IReadOnlyList<TableChange> Changes { get; }

    /// <summary>The trace of the caller, linked to the commit that carries it.</summary>
    internal ActivityContext? Cause { get; }

    /// <summary>Prepares the append of new events, and seals them: here, in the caller's time, not in the writer's.</summary>
    /// <param name="keys">The keys of the course's network.</param>
    /// <param name="before">The state that the events were decided on.</param>
    /// <param name="expected">Its version: the number of events it was folded from.</param>
    /// <param name="events">The new events, numbered from <paramref name="expected"/> + 1.</param>
    /// <param name="after">The state with them.</param>
    public static Append Of(KeyRing keys, CourseKey key, CourseState before, long expected, ImmutableArray<RecordedEvent> events, CourseState after)
    {
        List<TableChange> changes = [new(Tables.Journal, [.. events.Select((e, i) => new RowWrite(JournalRow(keys, key, e, isFirst: i == 0), null))], [])];
        foreach (var table in Tables.Derived)
        {
            if (CourseProjection.SameSource(table, before, after)) continue;
            if (Difference(table, CourseProjection.RowsOf(table, key, expected, before), CourseProjection.RowsOf(table, key, expected + events.Length, after)) is { } change) changes.Add(change);
        }

        var messages = events.Where(e => e.Event is MessageQueued).Select(e => new RowWrite(CourseProjection.OutboxRow(key, after, (MessageQueued)e.Event, e.Meta.OccurredAt), null)).ToList();
        if (messages.Count > 0) changes.Add(new(Tables.Outbox, messages, []));
        return new(key, changes, events.Any(e => e.Event is AlertRaised or CourseHeld or CourseClosed));
    }

    /// <summary>What must be written and deleted to turn one set of rows into the other; null if nothing.</summary>
    internal static TableChange? Difference(Table table, object?[][] before, object?[][] after)
    {
        if (before.Length == after.Length && before.Zip(after).All(p => table.SameKey(p.First, p.Second) && table.SameRow(p.First, p.Second))) return null;
        var left = before.ToDictionary(r => r, r => r, new KeyComparer(table));
        List<RowWrite> writes = [];
        List<object?[]> deletes = [];
        foreach (var row in after)
            if (!left.Remove(row, out var old)) writes.Add(new(row, null));
            else if (!table.SameRow(old, row))
            {
                writes.Add(new(row, old));
                if (table.Write == WriteKind.Exclusive) deletes.Add(old); // an exclusive row is never overwritten in place
            }

        deletes.AddRange(left.Values);
        return writes.Count + deletes.Count == 0 ? null : new(table, writes, deletes);
    }

    private static object?[] JournalRow(KeyRing keys, CourseKey key, RecordedEvent e, bool isFirst)
    {
        var (payload, keyVersion) = keys.Seal(Place.Event(EventRegistry.CourseStream, key.Course.Value, e.Seq), EventRegistry.Write(e.Event));
        var (type, version) = EventRegistry.NameOf(e.Event);
        return
        [
            key.Network.Value, EventRegistry.CourseStream, key.Course.Value, e.Seq, e.EventId, type, (long)version, payload,
            e.Meta.OccurredAt.ToUnixTimeMilliseconds(), e.Meta.RecordedAt.ToUnixTimeMilliseconds(), e.Meta.Actor, e.Meta.OnBehalfOf?.Value, isFirst ? e.Meta.Command.Value : null, (long)keyVersion,
        ];
    }

    private sealed class KeyComparer(Table table) : IEqualityComparer<object?[]>
    {
        public bool Equals(object?[]? x, object?[]? y) => table.SameKey(x!, y!);

        public int GetHashCode(object?[] row)
        {
            HashCode hash = default;
            for (var i = 0; i < table.KeyLength; i++) hash.Add(row[i]);
            return hash.ToHashCode();
        }
    }
}
