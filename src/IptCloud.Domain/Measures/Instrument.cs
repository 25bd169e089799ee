using System.Collections.Immutable;

namespace IptCloud.Domain.Measures;

/// <summary>One of an item's answers.</summary>
public sealed record AnswerOption(string Text, int Value, string Loinc);

/// <summary>A scored question, worded exactly as published.</summary>
public sealed record InstrumentItem(int Number, string Text, string Loinc);

/// <summary>The unscored question about difficulty at the end of the PHQ-9.</summary>
public sealed record DifficultyItem(string Text, string Loinc, ImmutableArray<AnswerOption> Options);

/// <summary>A severity band, both ends included.</summary>
public sealed record SeverityBand(int From, int To, string Name);

/// <summary>A self-report instrument as versioned data (domain.md §4). Wording and values are never edited, only versioned.</summary>
/// <param name="Caseness">The least total that counts as a case (domain.md §4.7).</param>
/// <param name="ReliableChange">The least fall or rise that counts as reliable (domain.md §4.7).</param>
/// <param name="SafetyItem">The item of which any answer above 0 raises an alert; null if the instrument has none.</param>
/// <param name="MayRedistribute">False: it is not rendered without a recorded right.</param>
public sealed record Instrument(
    string Id, int Version, string Title, string ShortTitle, string Source, string Licence, string? CopyrightNotice, bool MayRedistribute,
    string Stem, ImmutableArray<AnswerOption> Options, ImmutableArray<InstrumentItem> Items, DifficultyItem? Difficulty,
    ImmutableArray<SeverityBand> Bands, int Caseness, int ReliableChange, int? SafetyItem, string LoincPanel, string LoincTotal)
{
    /// <summary>The highest possible total.</summary>
    public int Maximum => Items.Length * Options.Max(o => o.Value);

    /// <summary>The number under which the unscored difficulty question is answered: one after the last item.</summary>
    public int DifficultyNumber => Items.Length + 1;

    /// <summary>The options of a question, or empty if there is no such question.</summary>
    public ImmutableArray<AnswerOption> OptionsOf(int number) =>
        number >= 1 && number <= Items.Length ? Options : number == DifficultyNumber && Difficulty is { } d ? d.Options : [];

    /// <summary>The band of a total.</summary>
    public SeverityBand BandOf(int total) => Bands.First(b => total >= b.From && total <= b.To);

    /// <summary>Everything wrong with the file, in words.</summary>
    public IEnumerable<string> Faults()
    {
        if (Items.IsDefaultOrEmpty || Options.IsDefaultOrEmpty || Bands.IsDefaultOrEmpty)
        {
            yield return "items, options and bands must not be empty";
            yield break;
        }

        if (!Items.Select(i => i.Number).SequenceEqual(Enumerable.Range(1, Items.Length))) yield return "items must be numbered from 1";
        if (Bands[0].From != 0 || Bands[^1].To != Maximum) yield return $"bands must cover 0 to {Maximum}";
        foreach (var (a, b) in Bands.Zip(Bands.Skip(1)))
            if (b.From != a.To + 1) yield return $"band {b.Name} does not follow {a.Name}";
        if (SafetyItem is { } s && (s < 1 || s > Items.Length)) yield return "the safety item does not exist";
        if (Options.Select(o => o.Text).FirstOrDefault() is "Not at all sure") yield return "the lowest option is 'Not at all' (domain.md §4.3: known reproduction error)";
    }
}
