using IptCloud.Data.Sessions;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Protocols;
using IptCloud.Domain.Sessions;
using IptCloud.Portal.Courses;

namespace IptCloud.Portal.Sessions;

/// <summary>What the form of a note carries: the text, what is ticked, and which revision it was typed on.</summary>
public static class NoteForm
{
    /// <summary>The field with the text.</summary>
    public const string Text = "note.text";

    /// <summary>The field with the newest revision that the form knows of.</summary>
    public const string Version = "note.version";

    /// <summary>The field with the revision that the text was typed on.</summary>
    public const string BuildsOn = "note.base";

    /// <summary>The boxes of strategies.</summary>
    public const string Strategies = "note.strategies";

    /// <summary>The boxes of techniques.</summary>
    public const string Techniques = "note.techniques";

    /// <summary>The posted note.</summary>
    public static NoteTyped Read(Posted form)
    {
        ArgumentNullException.ThrowIfNull(form);
        form.TryNumber(Version, out var seen);
        return new(Texts.Plain(form[Text]), Ticked([.. form.All(Strategies), .. form.All(Techniques)]), seen, form.TryNumber(BuildsOn, out var on) ? on : seen);
    }

    /// <summary>The known ones of these codes as a draft keeps them.</summary>
    public static string Ticked(IReadOnlyCollection<string> codes) =>
        string.Join(' ', Catalog.Current.Strategies.Concat(Catalog.Current.TechniqueCodes).Select(k => k.Code).Where(codes.Contains).Distinct());

    /// <summary>Of the revisions that nobody went on with, those whose words stand neither in the signed note nor in what was added to it.</summary>
    public static IEnumerable<NoteDraft> NotSigned(SignedNote note, IEnumerable<NoteDraft> drafts)
    {
        ArgumentNullException.ThrowIfNull(note);
        var signed = note.Amendments.Select(a => a.Text).Prepend(note.Text).Select(Bare).ToList();
        return drafts.Where(d => Bare(d.Text) is { Length: > 0 } text && !signed.Any(s => s.Contains(text, StringComparison.Ordinal))).DistinctBy(d => Bare(d.Text));
    }

    // Where lines and spaces fall is no difference.
    private static string Bare(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
