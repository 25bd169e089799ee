using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Domain.Audit;

/// <summary>A link of a network's chain.</summary>
/// <param name="Seq">From 1, without a gap.</param>
/// <param name="Digest">SHA-256 of the entry in its canonical form.</param>
/// <param name="Previous">The hash of the link before; zeros for the first.</param>
/// <param name="Hash">SHA-256 over network, number, entry, digest and previous.</param>
public sealed record AuditLink(NetworkId Network, long Seq, Guid Entry, byte[] Digest, byte[] Previous, byte[] Hash)
{
    /// <summary>What stands before the first link.</summary>
    public static byte[] Root => new byte[SHA256.HashSizeInBytes];
}

/// <summary>How entries are sealed. Both functions are a stored format.</summary>
public static class AuditChain
{
    /// <summary>The link that seals an entry after another one.</summary>
    public static AuditLink Seal(AuditEntry entry, long seq, byte[] previous)
    {
        var digest = Digest(entry);
        return new(entry.Network, seq, entry.Id, digest, previous, Hash(entry.Network, seq, entry.Id, digest, previous));
    }

    /// <summary>A link's hash.</summary>
    public static byte[] Hash(NetworkId network, long seq, Guid entry, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> previous)
    {
        var bytes = new byte[16 + 8 + 16 + digest.Length + previous.Length];
        network.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), seq);
        entry.TryWriteBytes(bytes.AsSpan(24), bigEndian: true, out _);
        digest.CopyTo(bytes.AsSpan(40));
        previous.CopyTo(bytes.AsSpan(40 + digest.Length));
        return SHA256.HashData(bytes);
    }

    /// <summary>SHA-256 of the canonical form: every field as text in a fixed order, each led by its length, so that no two entries read alike.</summary>
    public static byte[] Digest(AuditEntry e)
    {
        var text = new StringBuilder(320);
        Add("1"); // the form's version
        Add(Text(e.Network.Value));
        Add(Text(e.Id));
        Add(e.At.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add(e.Actor.Kind?.ToString());
        Add(Text(e.Actor.Member?.Value));
        Add(Text(e.Actor.OnBehalfOf?.Value));
        Add(Text(e.Actor.User));
        Add(e.Action);
        Add(e.Outcome.ToString());
        Add(Text(e.Course?.Value));
        Add(Text(e.Subject));
        Add(e.Origin);
        Add(e.Session);
        Add(e.Detail);
        foreach (var client in e.Clients.Select(c => Text(c.Value)).Order(StringComparer.Ordinal)) Add(client);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));

        void Add(string? value) => text.Append(value?.Length ?? -1).Append(':').Append(value).Append(';');
        static string? Text(Guid? id) => id?.ToString("N");
    }
}
