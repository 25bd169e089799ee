using System.Text.RegularExpressions;

namespace IptCloud.Portal.Shared;

/// <summary>One text of a comparison.</summary>
/// <param name="Title">Such as "Your version".</param>
/// <param name="Text">Its whole text.</param>
/// <param name="Meta">When and by whom it was saved.</param>
public sealed record DiffSide(string Title, string Text, string? Meta = null);

internal sealed record DiffPart(string Text, bool Changed);

/// <summary>Compares two texts word by word: what only one of them has is marked in that one.</summary>
internal static partial class TextDiff
{
    private const int MostCells = 4_000_000;

    internal static (IReadOnlyList<DiffPart> Left, IReadOnlyList<DiffPart> Right) Compare(string left, string right)
    {
        var (a, b) = (Tokens(left), Tokens(right));
        if ((long)a.Length * b.Length > MostCells) (a, b) = (Lines(left), Lines(right));
        if ((long)a.Length * b.Length > MostCells) return ([new(left, left != right)], [new(right, left != right)]);
        var (inA, inB) = Common(a, b);
        return (Join(a, inA), Join(b, inB));
    }

    private static (bool[] A, bool[] B) Common(string[] a, string[] b)
    {
        var length = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        for (var j = b.Length - 1; j >= 0; j--)
            length[i, j] = a[i] == b[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);

        var (inA, inB) = (new bool[a.Length], new bool[b.Length]);
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            if (a[i] == b[j]) { inA[i++] = true; inB[j++] = true; }
            else if (length[i + 1, j] >= length[i, j + 1]) i++;
            else j++;
        }

        return (inA, inB);
    }

    private static List<DiffPart> Join(string[] tokens, bool[] common)
    {
        var parts = new List<DiffPart>();
        for (var i = 0; i < tokens.Length; i++)
        {
            if (parts.Count > 0 && parts[^1].Changed != common[i]) parts[^1] = parts[^1] with { Text = parts[^1].Text + tokens[i] };
            else parts.Add(new(tokens[i], !common[i]));
        }

        return parts;
    }

    private static string[] Tokens(string text) => [.. Words().Matches(text).Select(m => m.Value)];

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line + "\n")];

    [GeneratedRegex(@"\s+|[\p{L}\p{N}'’]+|[^\s\p{L}\p{N}]")]
    private static partial Regex Words();
}
