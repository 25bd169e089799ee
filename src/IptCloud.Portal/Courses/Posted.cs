using System.Globalization;
using IptCloud.Domain.Identifiers;
using IptCloud.Portal.Shared;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace IptCloud.Portal.Courses;

/// <summary>What a form of a course page posted. Field names are <c>form.field</c>, so that two forms of a page never share one.</summary>
/// <param name="form">Null on a GET.</param>
public sealed class Posted(IFormCollection? form)
{
    /// <summary>The field that says which form was sent.</summary>
    public const string WhichField = "which";

    /// <summary>The field with the command's id.</summary>
    public const string CommandField = "command";

    /// <summary>The form of this request.</summary>
    public static Posted Of(HttpContext http) => new(HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType ? http.Request.Form : null);

    /// <summary>True on a POST.</summary>
    public bool Any => form is not null;

    /// <summary>The form that was sent; empty on a GET.</summary>
    public string Which => this[WhichField];

    /// <summary>The id that was made with the form and stays with it, if it carried one.</summary>
    public CommandId? FormId => TypedId.TryParse<CommandId>(this[CommandField], out var id) ? id : null;

    /// <summary>The id of what the form asks for, if it carried one: see <see cref="Bind"/>.</summary>
    public CommandId? Command => FormId is { } id && form is not null ? Bind(id, form) : null;

    /// <summary>The same for a part of the form that is a command of its own.</summary>
    /// <param name="about">The part's fields.</param>
    public CommandId? CommandOf(Func<string, bool> about) => FormId is { } id && form is not null ? Bind(id, form.Where(f => about(f.Key))) : null;

    /// <summary>
    /// An id that follows from the form's and from all that was filled in. The same form sent twice is one command; sent again with
    /// a correction, after the first answer was lost on its way, it is another one, and not taken for done.
    /// </summary>
    public static CommandId Bind(CommandId form, IEnumerable<KeyValuePair<string, StringValues>> fields)
    {
        // Lengths keep "a" and "bc" from meaning the same as "ab" and "c".
        var filled = fields.Where(f => !f.Key.StartsWith('_') && !f.Key.EndsWith(CommandField, StringComparison.OrdinalIgnoreCase)).OrderBy(f => f.Key, StringComparer.Ordinal)
            .SelectMany(f => f.Value.Select(v => string.Create(CultureInfo.InvariantCulture, $"{f.Key}={v?.Length}:{v}")));
        return TypedId.Derive<CommandId>(form.Value, string.Join('\n', filled));
    }

    /// <summary>A posted text, with line ends as the server keeps them; empty if there is none.</summary>
    public string this[string field] => form is not null && form.TryGetValue(field, out var values) ? values.ToString().ReplaceLineEndings("\n") : "";

    /// <summary>True if the field was sent.</summary>
    public bool Has(string field) => form?.ContainsKey(field) == true;

    /// <summary>What was typed, or <paramref name="initial"/> if this form was not the one sent.</summary>
    public string Or(string field, string initial = "") => Has(field) ? this[field] : initial;

    /// <summary>Whether a box was ticked, or <paramref name="initial"/> if another form was sent.</summary>
    public bool Ticked(string field, bool initial = false) => Any && field.StartsWith(Which + ".", StringComparison.Ordinal) ? Has(field) : initial;

    /// <summary>Every ticked value of a list.</summary>
    public IReadOnlyList<string> All(string field) => form is null ? [] : [.. form[field].OfType<string>()];

    /// <summary>A date as typed, or <paramref name="initial"/>.</summary>
    public DateText Date(string field, DateText? initial = null) => form is not null && Has(field + ".Day") ? DateText.Read(form, field) : initial ?? new();

    /// <summary>A whole number.</summary>
    public bool TryNumber(string field, out int number) => int.TryParse(this[field].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
