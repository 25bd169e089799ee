using System.Globalization;

namespace IptCloud.Domain.Courses;

/// <summary>Limits of free text. Generous, so that nobody is cut off in the middle of a note.</summary>
public static class Texts
{
    /// <summary>Characters of a one-line text.</summary>
    public const int Line = 200;

    /// <summary>Characters of a paragraph.</summary>
    public const int Paragraph = 4_000;

    /// <summary>Characters of a note.</summary>
    public const int Note = 64_000;

    /// <summary>
    /// The text without the invisible marks that set the direction of writing for whatever follows them. Pasted along unseen, they would
    /// reorder the words around them on pages and in messages. Languages written from right to left need none of them.
    /// </summary>
    public static string Plain(string? text) =>
        text is null ? "" : text.AsSpan().ContainsAnyInRange('\u202A', '\u202E') || text.AsSpan().ContainsAnyInRange('\u2066', '\u2069')
            ? string.Concat(text.Where(ch => ch is not (>= '\u202A' and <= '\u202E') and not (>= '\u2066' and <= '\u2069'))) : text;

    /// <summary>The same, without space around it.</summary>
    public static string Tidy(string? text) => Plain(text).Trim();

    /// <summary>Nothing in it could be read: space, and marks that show nothing.</summary>
    public static bool IsBlank(string? text) => text is null || text.All(ch => char.IsWhiteSpace(ch) || char.GetUnicodeCategory(ch) is UnicodeCategory.Format or UnicodeCategory.Control);

    /// <summary>The refusal for a required text that is missing or too long; null if it is fine.</summary>
    internal static Refusal? Required(string? text, string field, string what, int most) =>
        IsBlank(text) ? CourseRefusals.Missing(field, what) : Optional(text, field, what, most);

    /// <summary>The refusal for a text that is too long; null if it is fine.</summary>
    internal static Refusal? Optional(string? text, string field, string what, int most) =>
        text?.Length > most ? CourseRefusals.TooLong(field, what, most) : null;

    /// <summary>All reasons that there are, or null.</summary>
    internal static Decision? Any(params ReadOnlySpan<Refusal?> reasons)
    {
        List<Refusal> found = [];
        foreach (var r in reasons)
            if (r is not null) found.Add(r);
        return found.Count == 0 ? default(Decision?) : Decision.Refuse([.. found]);
    }
}
