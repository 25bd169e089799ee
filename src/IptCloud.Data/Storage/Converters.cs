using System.Globalization;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace IptCloud.Data.Storage;

/// <summary>A typed id as its UUID.</summary>
public sealed class TypedIdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => Read(value)) where TId : struct, ITypedId<TId>
{
    private static TId Read(Guid value) => TId.From(value);
}

/// <summary>An instant as Unix milliseconds, UTC: both databases compare and order it alike.</summary>
public sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(at => at.ToUnixTimeMilliseconds(), ms => DateTimeOffset.FromUnixTimeMilliseconds(ms));

/// <summary>A wall-clock time as ISO text without an offset.</summary>
public sealed class LocalTimeConverter() : ValueConverter<DateTime, string>(local => local.ToString(Format, CultureInfo.InvariantCulture), text => DateTime.ParseExact(text, Format, CultureInfo.InvariantCulture))
{
    /// <summary>The stored form, to the second.</summary>
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss";
}
