using System.Buffers.Binary;
using System.Text;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Keys;

/// <summary>Where something sealed lies. It is authenticated with it, so a box that was moved does not open.</summary>
/// <param name="Table">The logical table; permanent, whatever the database calls it.</param>
/// <param name="Kind">The part of the row's key that is a word.</param>
/// <param name="Row">The part that is an id.</param>
/// <param name="Number">The part that is a number.</param>
public readonly record struct Place(string Table, string Column, Guid Row, long Number = 0, string Kind = "")
{
    /// <summary>The payload of an event.</summary>
    public static Place Event(string streamKind, Guid stream, long seq) => new("journal", "payload", stream, seq, streamKind);

    /// <summary>A client's record.</summary>
    public static Place Client(ClientId client) => new("clients", "payload", client.Value);

    /// <summary>A revision of a draft note.</summary>
    public static Place Draft(SessionId session, int revision) => new("note_drafts", "payload", session.Value, revision);

    /// <summary>The key from which a network's links are derived.</summary>
    public static Place LinkKey => new("networks", "link_key", Guid.Empty);

    /// <summary>A snapshot of a course's state in grain storage.</summary>
    public static Place Snapshot(CourseId course, long version) => new("snapshot", "payload", course.Value, version);

    /// <summary>Names table, column and row; for messages.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Table}.{Column} of {Kind}{(Kind.Length > 0 ? " " : "")}{Row:N}/{Number}");

    internal const int MostBytes = 256;

    /// <summary>Unambiguous: what has no fixed length is preceded by it.</summary>
    internal ReadOnlySpan<byte> About(Span<byte> buffer, NetworkId network, int keyVersion)
    {
        network.Value.TryWriteBytes(buffer, bigEndian: true, out _);
        Row.TryWriteBytes(buffer[16..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(buffer[32..], Number);
        BinaryPrimitives.WriteInt32BigEndian(buffer[40..], keyVersion);
        var at = 44;
        foreach (var word in (ReadOnlySpan<string>)[Table, Column, Kind])
        {
            var length = Encoding.UTF8.GetBytes(word, buffer[(at + 1)..]);
            buffer[at] = checked((byte)length);
            at += 1 + length;
        }

        return buffer[..at];
    }
}
