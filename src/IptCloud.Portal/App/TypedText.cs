using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace IptCloud.Portal;

/// <summary>One text of a form that was turned away.</summary>
/// <param name="Field">The field's name in words.</param>
/// <param name="Text">As typed.</param>
public sealed record TypedEntry(string Field, string Text);

/// <summary>Keeps what a person typed when the form that carried it is turned away, so that the error page can give it back.</summary>
internal static partial class TypedText
{
    private static readonly object Key = new();

    /// <summary>Remembers the texts of the request's form. A form sent from elsewhere is not repeated here.</summary>
    public static async Task KeepAsync(HttpContext http)
    {
        // The form of a request with an invalid token cannot be read; showing it to whoever sent it is not acting on it.
        http.Features.Set<IAntiforgeryValidationFeature>(null);
        if (!http.Request.HasFormContentType || http.Request.Headers["Sec-Fetch-Site"] is [not "same-origin"]) return;
        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            http.Items[Key] = Entries(Dated(form).SelectMany(f => f.Value.Select(v => (f.Key, v ?? "")))).ToList();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or BadHttpRequestException)
        {
            // Nothing readable was sent.
        }
    }

    /// <summary>What was kept.</summary>
    public static IReadOnlyList<TypedEntry> Of(HttpContext http) => http.Items[Key] as IReadOnlyList<TypedEntry> ?? [];

    /// <summary>The three boxes of a day as one: "21 11 2026".</summary>
    internal static IEnumerable<KeyValuePair<string, StringValues>> Dated(IFormCollection form)
    {
        foreach (var (field, value) in form)
        {
            if (field.EndsWith(".Day", StringComparison.Ordinal) && form.ContainsKey(field[..^4] + ".Year")) yield return new(field[..^4], $"{value} {form[field[..^4] + ".Month"]} {form[field[..^4] + ".Year"]}".Trim());
            else if (!(field.EndsWith(".Month", StringComparison.Ordinal) || field.EndsWith(".Year", StringComparison.Ordinal))) yield return new(field, value);
        }
    }

    /// <summary>What of a form a person typed: no passwords, no tokens, no ids.</summary>
    internal static IEnumerable<TypedEntry> Entries(IEnumerable<(string Field, string Text)> form) =>
        from f in form
        where !f.Field.StartsWith('_') && f.Field != Courses.Posted.WhichField && !Secret.Any(s => f.Field.EndsWith(s, StringComparison.OrdinalIgnoreCase)) && f.Text.Length > 2 && !Id().IsMatch(f.Text)
        select new TypedEntry(InWords(f.Field), f.Text);

    private static readonly string[] Secret = ["password", "passwordagain", ".code", ".credential", ".key"];

    // Form.Record.GivenName: Given name
    private static string InWords(string field)
    {
        var words = Capital().Replace(field[(field.LastIndexOf('.') + 1)..], m => " " + m.Value.ToLowerInvariant());
        return words.Length == 0 ? field : char.ToUpperInvariant(words[0]) + words[1..];
    }

    [GeneratedRegex("^[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [GeneratedRegex("(?<=.)[A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex Capital();
}
