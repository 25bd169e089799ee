namespace IptCloud.Domain.Tests.Measures;

/// <summary>The published outcome rules (domain.md §4.7) and on-track rules (§5), vector by vector.</summary>
public sealed class OutcomeTests
{
    private static Outcome Of(int phqFirst, int gadFirst, int phqLast, int gadLast) =>
        OutcomeRules.Evaluate(new(phqFirst, gadFirst), new(phqLast, gadLast), Catalog.Current.Instrument("phq-9", 1)!, Catalog.Current.Instrument("gad-7", 1)!);

    [Fact]
    public void From_16_and_9_to_9_and_7_is_reliable_recovery() =>
        Assert.True(Of(16, 9, 9, 7) is { WasCase: true, Recovered: true, ReliablyImproved: true, ReliablyRecovered: true });

    [Fact]
    public void From_11_and_7_to_9_and_7_is_recovery_but_not_reliable() =>
        Assert.True(Of(11, 7, 9, 7) is { WasCase: true, Recovered: true, ReliablyImproved: false, ReliablyRecovered: false });

    [Fact]
    public void From_18_and_15_to_12_and_8_is_improvement_without_recovery() =>
        Assert.True(Of(18, 15, 12, 8) is { ReliablyImproved: true, Recovered: false, ReliablyRecovered: false });

    [Fact]
    public void A_start_at_9_and_7_is_no_case_and_can_not_recover() =>
        Assert.True(Of(9, 7, 0, 0) is { WasCase: false, Recovered: false, ReliablyRecovered: false, ReliablyImproved: true });

    [Fact]
    public void From_20_and_10_to_14_and_14_is_no_reliable_change_either_way() =>
        Assert.True(Of(20, 10, 14, 14) is { ReliablyImproved: false, ReliablyDeteriorated: false });

    [Theory]
    [InlineData(9, 8, true)]
    [InlineData(10, 7, true)]
    [InlineData(9, 7, false)]
    public void Either_measure_alone_makes_a_case(int phq, int gad, bool isCase) => Assert.Equal(isCase, Of(phq, gad, phq, gad).WasCase);

    [Theory]
    [InlineData(9, 8)]
    [InlineData(10, 7)]
    public void Recovery_needs_both_measures_below_their_cut(int phq, int gad) => Assert.False(Of(20, 15, phq, gad).Recovered);

    [Theory]
    [InlineData(20, 10, 15, 10, false)]
    [InlineData(20, 10, 14, 10, true)]
    [InlineData(20, 10, 20, 7, false)]
    [InlineData(20, 10, 20, 6, true)]
    public void Improvement_is_reliable_from_6_or_4_points_on(int p1, int g1, int p2, int g2, bool reliable) => Assert.Equal(reliable, Of(p1, g1, p2, g2).ReliablyImproved);

    [Theory]
    [InlineData(10, 10, 16, 10, true)]
    [InlineData(10, 10, 15, 14, true)]
    [InlineData(10, 10, 15, 13, false)]
    [InlineData(10, 10, 16, 6, false)]
    public void Deterioration_mirrors_improvement(int p1, int g1, int p2, int g2, bool reliable) => Assert.Equal(reliable, Of(p1, g1, p2, g2).ReliablyDeteriorated);

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    public void Severity_splits_at_16(int phq, bool more) => Assert.Equal(more, OutcomeRules.IsMoreSevere(phq));

    [Theory]
    [InlineData(13, Track.Adequate)]
    [InlineData(14, Track.ProbablyInadequate)]
    [InlineData(16, Track.ProbablyInadequate)]
    [InlineData(17, Track.Inadequate)]
    [InlineData(18, Track.Inadequate)]
    [InlineData(22, Track.Inadequate)]
    public void Response_is_read_against_the_baseline(int now, Track track) => Assert.Equal(track, OutcomeRules.TrackOf(18, now));

    [Theory]
    [InlineData(3, 27, false)]
    [InlineData(4, 16, false)]
    [InlineData(4, 17, true)]
    [InlineData(8, 17, true)]
    [InlineData(9, 12, false)]
    [InlineData(9, 13, true)]
    [InlineData(14, 8, false)]
    [InlineData(14, 9, true)]
    public void Cut_points_warn_of_non_response_from_their_week_on(int week, int phq, bool warns) => Assert.Equal(warns, OutcomeRules.PredictsNonResponse(week, phq));
}
