using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Messages;

/// <summary>
/// The secret part of a client's link: derived when the message leaves and never stored. The table of links holds its
/// SHA-256, which is enough to find the link and useless for opening it.
/// </summary>
public static class LinkToken
{
    /// <summary>Characters of a token: 32 bytes, base64url.</summary>
    public const int Length = 43;

    private const int KeyBytes = 32;

    /// <summary>The token of a message's task link.</summary>
    public static string Derive(byte[] linkKey, MessageId message) => Base64Url.EncodeToString(Mac(linkKey, message, "task-link"));

    /// <summary>What is stored of a token.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>False for anything that cannot be a token: it is not looked up.</summary>
    public static bool IsPlausible(string? token) => token?.Length == Length && Base64Url.IsValid(token);

    internal static byte[] Mac(byte[] linkKey, MessageId message, string purpose)
    {
        if (linkKey.Length < KeyBytes) throw new InvalidOperationException($"The network's link key must have {KeyBytes} bytes.");
        byte[] source = [.. message.Value.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(purpose)];
        return HMACSHA256.HashData(linkKey, source);
    }
}
