namespace IptCloud.Domain.Tests.Measures;

/// <summary>The shipped instruments against what was published, written out (domain.md §4.2–4.3). A questionnaire that is nearly right is wrong.</summary>
public sealed class InstrumentDataTests
{
    private const string Stem = "Over the last 2 weeks, how often have you been bothered by any of the following problems?";

    private static readonly AnswerOption[] Options =
    [
        new("Not at all", 0, "LA6568-5"), new("Several days", 1, "LA6569-3"), new("More than half the days", 2, "LA6570-1"), new("Nearly every day", 3, "LA6571-9"),
    ];

    private static readonly Instrument Phq9 = Catalog.Current.Instrument("phq-9", 1)!;
    private static readonly Instrument Gad7 = Catalog.Current.Instrument("gad-7", 1)!;

    [Fact]
    public void The_PHQ_9_is_worded_and_coded_exactly_as_published() => Assert.Equal(
        [
            new(1, "Little interest or pleasure in doing things", "44250-9"),
            new(2, "Feeling down, depressed, or hopeless", "44255-8"),
            new(3, "Trouble falling or staying asleep, or sleeping too much", "44259-0"),
            new(4, "Feeling tired or having little energy", "44254-1"),
            new(5, "Poor appetite or overeating", "44251-7"),
            new(6, "Feeling bad about yourself — or that you are a failure or have let yourself or your family down", "44258-2"),
            new(7, "Trouble concentrating on things, such as reading the newspaper or watching television", "44252-5"),
            new(8, "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or restless that you have been moving around a lot more than usual", "44253-3"),
            new(9, "Thoughts that you would be better off dead or of hurting yourself in some way", "44260-8"),
        ],
        Phq9.Items);

    [Fact]
    public void The_GAD_7_is_worded_and_coded_exactly_as_published() => Assert.Equal(
        [
            new(1, "Feeling nervous, anxious or on edge", "69725-0"),
            new(2, "Not being able to stop or control worrying", "68509-9"),
            new(3, "Worrying too much about different things", "69733-4"),
            new(4, "Trouble relaxing", "69734-2"),
            new(5, "Being so restless that it is hard to sit still", "69735-9"),
            new(6, "Becoming easily annoyed or irritable", "69689-8"),
            new(7, "Feeling afraid as if something awful might happen", "69736-7"),
        ],
        Gad7.Items);

    [Fact]
    public void Both_share_one_stem_and_four_options_of_which_the_lowest_is_Not_at_all()
    {
        foreach (var instrument in new[] { Phq9, Gad7 })
        {
            Assert.Equal(Stem, instrument.Stem);
            Assert.Equal(Options, instrument.Options);
            Assert.NotEqual("Not at all sure", instrument.Options[0].Text);
        }
    }

    [Fact]
    public void The_difficulty_question_stands_apart_and_has_codes_out_of_order()
    {
        Assert.Equal("If you checked off any problems, how difficult have these problems made it for you to do your work, take care of things at home, or get along with other people?", Phq9.Difficulty!.Text);
        Assert.Equal("69722-7", Phq9.Difficulty.Loinc);
        Assert.Equal([("Not difficult at all", "LA6572-7"), ("Somewhat difficult", "LA6573-5"), ("Very difficult", "LA6575-0"), ("Extremely difficult", "LA6574-3")],
            Phq9.Difficulty.Options.Select(o => (o.Text, o.Loinc)));
        Assert.Null(Gad7.Difficulty);
        Assert.Equal(10, Phq9.DifficultyNumber);
        Assert.Empty(Gad7.OptionsOf(8));
    }

    [Fact]
    public void Panels_totals_and_thresholds_are_as_published()
    {
        Assert.Equal(("44249-1", "44261-6", 10, 6, 9, 27), (Phq9.LoincPanel, Phq9.LoincTotal, Phq9.Caseness, Phq9.ReliableChange, Phq9.SafetyItem, Phq9.Maximum));
        Assert.Equal(("69737-5", "70274-6", 8, 4, null, 21), (Gad7.LoincPanel, Gad7.LoincTotal, Gad7.Caseness, Gad7.ReliableChange, Gad7.SafetyItem, Gad7.Maximum));
        Assert.All(Catalog.Current.Instruments, i => Assert.True(i.MayRedistribute && i.Licence.StartsWith("Public domain", StringComparison.Ordinal)));
        Assert.Equal(["gad-7", "phq-9"], Catalog.Current.Instruments.Select(i => i.Id));
    }

    [Theory]
    [InlineData("phq-9", "0-4 Minimal|5-9 Mild|10-14 Moderate|15-19 Moderately severe|20-27 Severe")]
    [InlineData("gad-7", "0-4 Minimal|5-9 Mild|10-14 Moderate|15-21 Severe")]
    public void Bands_cover_every_total_without_gap_or_overlap(string id, string bands)
    {
        var instrument = Catalog.Current.Instrument(id, 1)!;
        Assert.Equal(bands, string.Join('|', instrument.Bands.Select(b => $"{b.From}-{b.To} {b.Name}")));
        Assert.All(Enumerable.Range(0, instrument.Maximum + 1), total => Assert.Single(instrument.Bands, b => total >= b.From && total <= b.To));
    }

    [Fact]
    public void A_faulty_instrument_names_every_fault()
    {
        var faulty = Phq9 with
        {
            Options = Phq9.Options.SetItem(0, new("Not at all sure", 0, "LA6568-5")), SafetyItem = 10,
            Bands = [new(0, 4, "Minimal"), new(6, 26, "Rest")], Items = Phq9.Items.RemoveAt(0).Add(new(9, "Twice", "")),
        };
        Assert.Equal(5, faulty.Faults().Count());
        Assert.All(Catalog.Current.Instruments, i => Assert.Empty(i.Faults()));
    }

    [Fact]
    public void An_instrument_without_items_options_or_bands_is_faulty_and_does_not_throw() =>
        Assert.NotEmpty((Phq9 with { Items = [], Options = [], Bands = [] }).Faults());
}
