using System.Text.RegularExpressions;

namespace IptCloud.Portal.Ops;

/// <summary>Finds the links in a plain text.</summary>
internal static partial class LinkText
{
    /// <summary>The text in pieces, in order; joined they are the text again.</summary>
    public static IEnumerable<(string Text, bool IsLink)> Split(string text)
    {
        var at = 0;
        foreach (Match match in Link().Matches(text))
        {
            if (match.Index > at) yield return (text[at..match.Index], false);
            yield return (match.Value, true);
            at = match.Index + match.Length;
        }

        if (at < text.Length) yield return (text[at..], false);
    }

    /// <summary>True for an address that a browser may open.</summary>
    public static bool IsLink(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    // A full stop or bracket after an address belongs to the sentence.
    [GeneratedRegex(@"https?://[^\s<>""]*[^\s<>"".,;:!?)\]]", RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
