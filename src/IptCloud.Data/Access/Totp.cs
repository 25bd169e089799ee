using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IptCloud.Data.Access;

/// <summary>One-time passwords by time: RFC 6238 with SHA-1, 30 seconds and six digits, which every authenticator app knows.</summary>
public static class Totp
{
    /// <summary>Digits of a code.</summary>
    public const int Digits = 6;

    /// <summary>Bytes of a key, as RFC 4226 recommends.</summary>
    public const int KeyBytes = 20;

    private const int StepSeconds = 30;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; // RFC 4648, base 32

    /// <summary>The time step of an instant.</summary>
    public static long StepOf(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
    public static string Code(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238; HMAC-SHA1 is not broken, and many apps know nothing else
        HMACSHA1.HashData(key, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xf)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code was given: the current one, or one beside it for clocks that differ (ASVS V6.5.5). Null if none.</summary>
    public static long? Match(byte[] key, string code, DateTimeOffset now)
    {
        long? found = null;
        // All three are tried, so that the time taken tells nothing.
        foreach (var step in new[] { StepOf(now), StepOf(now) - 1, StepOf(now) + 1 })
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(key, step)), Encoding.UTF8.GetBytes(code))) found ??= step;
        return found;
    }

    /// <summary>Bytes as people type them.</summary>
    public static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new();
        int bits = 0, held = 0;
        foreach (var b in bytes)
        {
            (bits, held) = ((bits << 8) | b, held + 8);
            for (; held >= 5; held -= 5) text.Append(Alphabet[(bits >> (held - 5)) & 31]);
            bits &= (1 << held) - 1;
        }

        if (held > 0) text.Append(Alphabet[(bits << (5 - held)) & 31]);
        return text.ToString();
    }
}
