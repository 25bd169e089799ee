using System.Buffers.Text;
using System.Security.Cryptography;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Messages;

/// <summary>
/// The address under which a client stops e-mails. It names network and message and proves itself with the network's link
/// key, so that it works for as long as the message is known, needs no row of its own, and cannot open a task.
/// </summary>
public static class StopToken
{
    private const int IdBytes = 16;
    private const int MacBytes = 16;
    private const int Bytes = IdBytes + IdBytes + MacBytes;

    /// <summary>The token of a message.</summary>
    public static string Make(byte[] linkKey, NetworkId network, MessageId message) =>
        Base64Url.EncodeToString([.. network.Value.ToByteArray(bigEndian: true), .. message.Value.ToByteArray(bigEndian: true), .. LinkToken.Mac(linkKey, message, "stop").AsSpan(0, MacBytes)]);

    /// <summary>Which message a token speaks of; whether it is genuine is still to be seen.</summary>
    public static bool TryRead(string? token, out NetworkId network, out MessageId message)
    {
        (network, message) = (default, default);
        if (token?.Length != Bytes / 3 * 4 || !Base64Url.IsValid(token)) return false;
        var bytes = Base64Url.DecodeFromChars(token);
        network = new(new Guid(bytes.AsSpan(0, IdBytes), bigEndian: true));
        message = new(new Guid(bytes.AsSpan(IdBytes, IdBytes), bigEndian: true));
        return true;
    }

    /// <summary>True if the token was made with this key. Takes the same time whatever is wrong.</summary>
    public static bool IsGenuine(string token, byte[] linkKey, MessageId message) =>
        CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromChars(token).AsSpan(IdBytes + IdBytes), LinkToken.Mac(linkKey, message, "stop").AsSpan(0, MacBytes));
}
