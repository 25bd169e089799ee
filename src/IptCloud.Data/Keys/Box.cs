using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace IptCloud.Data.Keys;

/// <summary>
/// AES-256-GCM under one key. A box is: key version (4 bytes, big endian), nonce (12), tag (16), ciphertext. The nonce is
/// random: up to 2^32 boxes a key keep the chance of a repeated one below 2^-32 (NIST SP 800-38D §8.3).
/// </summary>
internal sealed class Box(byte[] key, int version)
{
    public const int KeyBytes = 32;
    private const int VersionBytes = 4;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Overhead = VersionBytes + NonceBytes + TagBytes;

    // An instance serves one caller at a time, and costs more to make than a box to open.
    private readonly ConcurrentBag<AesGcm> idle = [];

    public byte[] Seal(ReadOnlySpan<byte> text, ReadOnlySpan<byte> about)
    {
        var box = new byte[Overhead + text.Length];
        BinaryPrimitives.WriteInt32BigEndian(box, version);
        var nonce = box.AsSpan(VersionBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        if (!idle.TryTake(out var aes)) aes = new(key, TagBytes);
        aes.Encrypt(nonce, text, box.AsSpan(Overhead), box.AsSpan(VersionBytes + NonceBytes, TagBytes), about);
        idle.Add(aes);
        return box;
    }

    /// <summary>Null if it is no box of this key and <paramref name="about"/>.</summary>
    public byte[]? Open(ReadOnlySpan<byte> box, ReadOnlySpan<byte> about)
    {
        if (box.Length < Overhead || BinaryPrimitives.ReadInt32BigEndian(box) != version) return null;
        var text = new byte[box.Length - Overhead];
        if (!idle.TryTake(out var aes)) aes = new(key, TagBytes);
        try
        {
            aes.Decrypt(box.Slice(VersionBytes, NonceBytes), box[Overhead..], box.Slice(VersionBytes + NonceBytes, TagBytes), text, about);
            return text;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        finally
        {
            idle.Add(aes);
        }
    }
}
