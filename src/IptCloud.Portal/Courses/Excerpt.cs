namespace IptCloud.Portal.Courses;

/// <summary>The beginning of a long text, cut between words.</summary>
public static class Excerpt
{
    /// <summary>At most about <paramref name="length"/> characters, with an ellipsis where something is left out.</summary>
    public static string Of(string text, int length)
    {
        if (text.Length <= length) return text;
        var cut = text.LastIndexOfAny([' ', '\n'], length);
        return text[..(cut > length / 2 ? cut : length)].TrimEnd() + " …";
    }
}
