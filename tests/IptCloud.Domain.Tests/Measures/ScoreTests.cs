using CsCheck;

namespace IptCloud.Domain.Tests.Measures;

/// <summary>Totals, bands and missing items (domain.md §4.6).</summary>
public sealed class ScoreTests
{
    private static readonly Instrument Phq9 = Catalog.Current.Instrument("phq-9", 1)!;

    private static ImmutableSortedDictionary<int, int?> Form(params int?[] values) =>
        values.Select((v, i) => (Item: i + 1, Value: v)).ToImmutableSortedDictionary(a => a.Item, a => a.Value);

    [Theory]
    [InlineData(4, "Minimal")]
    [InlineData(5, "Mild")]
    [InlineData(9, "Mild")]
    [InlineData(10, "Moderate")]
    [InlineData(14, "Moderate")]
    [InlineData(15, "Moderately severe")]
    [InlineData(19, "Moderately severe")]
    [InlineData(20, "Severe")]
    public void A_complete_form_has_a_total_and_its_band(int total, string band) =>
        Assert.Equal(new Score(total, band, 9, 9), Score.Of(Phq9, CourseSteps.Answers("phq-9", total)));

    [Fact]
    public void An_incomplete_form_has_neither_total_nor_band() =>
        Assert.Equal(new Score(null, null, 8, 9), Score.Of(Phq9, Form(3, 3, 3, 3, 3, 3, 3, 3)));

    [Fact]
    public void A_declined_item_is_not_answered() =>
        Assert.Equal(new Score(null, null, 8, 9), Score.Of(Phq9, Form(0, 0, 0, 0, 0, 0, 0, 0, null)));

    [Fact]
    public void The_difficulty_question_counts_neither_for_the_total_nor_for_completeness()
    {
        Assert.Equal(9, Score.Of(Phq9, Form(1, 1, 1, 1, 1, 1, 1, 1, 1, 3)).Total);
        Assert.False(Score.Of(Phq9, Form(1, 1, 1, 1, 1, 1, 1, 1).Add(10, 3)).IsComplete);
    }

    [Fact]
    public void Any_answers_give_either_their_sum_or_no_total() =>
        Gen.Int[-1, 3].Array[0, 10].Sample(values =>
        {
            var score = Score.Of(Phq9, Form([.. values.Select(v => v < 0 ? default(int?) : v)]));
            var scored = values.Take(9).Where(v => v >= 0).ToList();
            Assert.Equal(scored.Count, score.Answered);
            Assert.Equal(scored.Count == 9 ? scored.Sum() : null, score.Total);
            Assert.Equal(score.IsComplete, score.Band is not null);
        });
}
