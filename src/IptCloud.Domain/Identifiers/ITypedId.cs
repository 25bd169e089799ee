using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IptCloud.Domain.Identifiers;

/// <summary>An id that the compiler cannot confuse with another kind of id.</summary>
/// <typeparam name="TSelf">The id type itself.</typeparam>
public interface ITypedId<TSelf> where TSelf : struct, ITypedId<TSelf>
{
    /// <summary>The 128-bit value; a version 7 UUID unless derived from another id.</summary>
    Guid Value { get; }

    /// <summary>Gives a raw value its type.</summary>
    static abstract TSelf From(Guid value);
}

/// <summary>Making and reading typed ids.</summary>
public static class TypedId
{
    /// <summary>A new, time-ordered id.</summary>
    /// <param name="now">The instant whose milliseconds lead the id.</param>
    public static TId New<TId>(DateTimeOffset now) where TId : struct, ITypedId<TId> => TId.From(Guid.CreateVersion7(now));

    /// <summary>An id that follows from another one, so that a repeated decision makes the same id again.</summary>
    /// <param name="source">The id it follows from, usually the command's.</param>
    /// <param name="purpose">What it is for; different purposes give unrelated ids.</param>
    public static TId Derive<TId>(Guid source, string purpose) where TId : struct, ITypedId<TId>
    {
        Span<byte> hash = stackalloc byte[32];
        var text = string.Create(CultureInfo.InvariantCulture, $"{source:N}/{purpose}");
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80); // RFC 9562 version 8: made by the application
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return TId.From(new Guid(hash[..16], bigEndian: true));
    }

    /// <summary>Reads an id from an address or a form; false for anything but a UUID.</summary>
    public static bool TryParse<TId>(string? text, out TId id) where TId : struct, ITypedId<TId>
    {
        var ok = Guid.TryParse(text, out var value) && value != Guid.Empty;
        id = ok ? TId.From(value) : default;
        return ok;
    }
}

/// <summary>Writes a typed id as its bare UUID, so that stored events do not depend on our type names.</summary>
public sealed class TypedIdJsonConverter<TId> : JsonConverter<TId> where TId : struct, ITypedId<TId>
{
    /// <inheritdoc />
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TId.From(reader.GetGuid());

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    /// <inheritdoc />
    public override TId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TId.From(Guid.Parse(reader.GetString()!));

    /// <inheritdoc />
    public override void WriteAsPropertyName(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WritePropertyName(value.Value.ToString("D"));
}
