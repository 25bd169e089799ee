using Microsoft.AspNetCore.Components;

namespace IptCloud.Portal.Shared;

/// <summary>What every field has: a name, a label, perhaps a hint, and its error beside it.</summary>
public abstract class FieldBase : ComponentBase
{
    /// <summary>The posted name.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>The label, or the question of a group.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>Help that stays visible.</summary>
    [Parameter] public string? Hint { get; set; }

    /// <summary>The message; when left out, the one cascaded for this name.</summary>
    [Parameter] public string? Error { get; set; }

    /// <summary>Says "(optional)" after the label.</summary>
    [Parameter] public bool Optional { get; set; }

    /// <summary>The control's id; made from the name when left out.</summary>
    [Parameter] public string? Id { get; set; }

    [CascadingParameter] private FormErrors? Errors { get; set; }

    internal string FieldId => Id ?? IdOf(Name);

    internal string? Message => Error ?? Errors?[Name];

    internal string? HintId => Hint is null ? null : FieldId + "-hint";

    internal string? ErrorId => Message is null ? null : FieldId + "-error";

    internal string? Invalid => Message is null ? null : "true";

    internal string? DescribedBy => string.Join(' ', new[] { HintId, ErrorId }.OfType<string>()) is { Length: > 0 } ids ? ids : null;

    internal static string IdOf(string name) =>
        name.Length == 0 ? "main" : string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'));
}
