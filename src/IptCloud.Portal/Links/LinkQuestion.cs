using System.Collections.Immutable;
using System.Globalization;
using IptCloud.Contracts.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Measures;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Links;

/// <summary>One question of a link: one page.</summary>
/// <param name="Number">Its place among all questions of the link; it stays, whatever is answered.</param>
/// <param name="Item">Its number in the instrument.</param>
public sealed record LinkQuestion(int Number, TaskStep Step, Instrument Instrument, int Item)
{
    /// <summary>The form it belongs to.</summary>
    public RequestId Request => new(Step.Subject);

    /// <summary>The unscored question at the end, which stands for itself.</summary>
    public bool IsDifficulty => Instrument.Difficulty is not null && Item == Instrument.DifficultyNumber;

    /// <summary>The words above the question, as published; null for one that stands for itself.</summary>
    public string? Stem => IsDifficulty ? null : Instrument.Stem;

    /// <summary>The question, as published.</summary>
    public string Text => IsDifficulty ? Instrument.Difficulty!.Text : Instrument.Items[Item - 1].Text;

    /// <summary>The answers; one that calls for help shows it at once.</summary>
    public ImmutableArray<Choice> Choices =>
        [.. Instrument.OptionsOf(Item).Select(o => new Choice(o.Value.ToString(CultureInfo.InvariantCulture), o.Text, Crisis: IsSafety && o.Value > 0))];

    /// <summary>True if any answer above "not at all" calls for help.</summary>
    public bool IsSafety => Item == Instrument.SafetyItem;

    /// <summary>True once it was answered or declined.</summary>
    public bool IsSettled => Step.Answers.ContainsKey(Item);

    /// <summary>The stored answer; null if there is none, or if it was declined.</summary>
    public int? Value => Step.Answers.GetValueOrDefault(Item);

    /// <summary>The words of the stored answer.</summary>
    public string? AnswerText => Value is { } v ? Instrument.OptionsOf(Item).FirstOrDefault(o => o.Value == v)?.Text : null;

    /// <summary>True if it was answered so that help is offered; taking the answer back does not take the help away.</summary>
    public bool CallsForHelp => IsSafety && (Value > 0 || Step.CalledForHelp);

    /// <summary>"How difficult have these problems made it" is not asked of somebody who has named none.</summary>
    public bool Applies => !IsDifficulty || !Instrument.Items.All(i => Step.Answers.TryGetValue(i.Number, out var v) && v is 0);
}
