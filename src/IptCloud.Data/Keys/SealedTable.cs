using System.Collections.Immutable;

namespace IptCloud.Data.Keys;

/// <summary>A table with something sealed in it: which column, which key columns after the network, and the place that a row's key stands for.</summary>
internal sealed record SealedTable(string Name, string Column, ImmutableArray<string> Key, Func<object[], Place> PlaceOf)
{
    /// <summary>Every table with a <c>key_version</c>; a test compares with the model.</summary>
    public static ImmutableArray<SealedTable> All { get; } =
    [
        new("networks", "link_key", [], _ => Place.LinkKey),
        new("clients", "payload", ["client_id"], k => Place.Client(new(Id(k[0])))),
        new("note_drafts", "payload", ["session_id", "revision"], k => Place.Draft(new(Id(k[0])), (int)Number(k[1]))),
        new("journal", "payload", ["stream_kind", "stream_id", "seq"], k => Place.Event((string)k[0], Id(k[1]), Number(k[2]))),
    ];

    private static Guid Id(object value) => value as Guid? ?? Guid.Parse((string)value); // SQLite has no UUIDs

    private static long Number(object value) => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);
}
