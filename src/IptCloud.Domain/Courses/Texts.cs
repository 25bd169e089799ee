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

    /// <summary>The refusal for a required text that is missing or too long; null if it is fine.</summary>
    internal static Refusal? Required(string? text, string field, string what, int most) =>
        string.IsNullOrWhiteSpace(text) ? CourseRefusals.Missing(field, what) : Optional(text, field, what, most);

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
