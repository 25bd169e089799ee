namespace IptCloud.Portal.Shared;

/// <summary>What is wrong with a posted form. Cascade it, and each field finds its own message by name.</summary>
public sealed class FormErrors
{
    private readonly List<FieldError> errors = [];

    /// <summary>All of them, in the order in which they were added.</summary>
    public IReadOnlyList<FieldError> All => errors;

    /// <summary>Whether there is one.</summary>
    public bool Any => errors.Count > 0;

    /// <summary>The first message of a field; null when it has none.</summary>
    public string? this[string field] => errors.Find(e => e.Field == field)?.Message;

    /// <summary>Adds a message to a field; an empty field name means the form as a whole.</summary>
    public void Add(string field, string message) => errors.Add(new(field, message));
}

/// <summary>A message beside one field.</summary>
/// <param name="Field">The field's name; empty when the whole form is meant.</param>
/// <param name="Message">What to do about it.</param>
public sealed record FieldError(string Field, string Message)
{
    /// <summary>The id of the control that the summary leads to.</summary>
    public string Id => FieldBase.IdOf(Field);
}

/// <summary>One option of a select or a group of radios.</summary>
/// <param name="Value">What is posted.</param>
/// <param name="Label">What is read.</param>
/// <param name="Hint">A line below the label (radios only).</param>
/// <param name="Crisis">Choosing it shows the crisis help of the page at once.</param>
public sealed record Choice(string Value, string Label, string? Hint = null, bool Crisis = false);
