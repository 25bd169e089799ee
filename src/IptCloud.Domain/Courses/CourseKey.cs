using IptCloud.Domain.Identifiers;

namespace IptCloud.Domain.Courses;

/// <summary>The address of a course's grain and journal stream: <c>network|course</c>, both as 32 hexadecimal digits.</summary>
/// <remarks>Every grain key starts with the network, so that the call filter can compare it with the caller's.</remarks>
[GenerateSerializer, Immutable, Alias("ipt.courses.key")]
public readonly record struct CourseKey(NetworkId Network, CourseId Course)
{
    /// <summary>Stands between the network and the rest of every grain key.</summary>
    public const char Separator = '|';

    /// <inheritdoc />
    public override string ToString() => $"{Network}{Separator}{Course}";

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a course's key.</exception>
    public static CourseKey Parse(string text)
    {
        var cut = text.IndexOf(Separator, StringComparison.Ordinal);
        if (cut > 0 && Guid.TryParseExact(text[..cut], "N", out var network) && Guid.TryParseExact(text[(cut + 1)..], "N", out var course))
            return new(new(network), new(course));
        throw new FormatException($"'{text}' is not a course's key (network{Separator}course).");
    }
}
