namespace IptCloud.Portal.Shared;

public sealed class ScoreChartTests : BunitContext
{
    private static readonly ScoreScale Scale = new("Mood", 20, [new("Low", 0, 9), new("High", 10, 20)], Cutoff: 10, ReliableChange: 5);

    [Fact]
    public void Line_has_a_gap_where_a_score_was_not_returned()
    {
        var chart = Draw(Points(18, 16, null, 12, 11));

        var lines = chart.FindAll(".chart-wide .score-line");
        Assert.Equal([2, 2], lines.Select(line => line.GetAttribute("points")!.Split(' ').Length));
        Assert.Equal(4, chart.FindAll(".chart-wide .score-dot").Count);
    }

    [Fact]
    public void Axis_is_the_date_so_a_fortnight_is_twice_as_wide_as_a_week()
    {
        var chart = Draw([new(Day(0), 18, "a"), new(Day(7), 16, "b"), new(Day(21), 14, "c")]);

        var x = chart.FindAll(".chart-wide .score-dot").Select(dot => Number(dot.GetAttribute("cx"))).ToArray();
        Assert.Equal(2, (x[2] - x[1]) / (x[1] - x[0]), 0.02);
    }

    [Fact]
    public void Table_says_what_was_not_returned()
    {
        var rows = Draw(Points(18, null)).FindAll("tbody tr");

        Assert.Contains("High", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("No total", rows[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_come_from_the_scale_and_the_first_score()
    {
        var key = Draw(Points(14, 9)).Find(".key").TextContent;

        Assert.Contains("Clinical cut-off: 10", key, StringComparison.Ordinal);
        Assert.Contains("Reliable improvement: 9 or below", key, StringComparison.Ordinal);
        Assert.Contains("Reliable deterioration: 19 or above", key, StringComparison.Ordinal);
    }

    [Fact]
    public void Missed_session_is_a_cross_and_an_attended_one_has_its_number()
    {
        var chart = Render<ScoreChart>(p => p.Add(c => c.Id, "mood").Add(c => c.Scale, Scale).Add(c => c.Points, Points(18, 16))
            .Add(c => c.Sessions, [new(Day(0), StepKind.Attended, 1), new(Day(7), StepKind.DidNotAttend)]));

        Assert.Single(chart.FindAll(".chart-wide .cross"));
        Assert.Single(chart.FindAll(".chart-wide .tick"));
    }

    [Fact]
    public void Nothing_is_drawn_without_a_score()
    {
        var chart = Draw([]);

        Assert.Empty(chart.FindAll("svg"));
        Assert.Contains("No scores yet", chart.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Number_of_a_score_at_the_top_stands_below_the_name_of_the_phase()
    {
        var chart = Render<ScoreChart>(p => p.Add(c => c.Id, "mood").Add(c => c.Scale, Scale).Add(c => c.Points, Points(20, 16)).Add(c => c.Phases, [new("Initial", Day(0))]));

        foreach (var drawing in new[] { ".chart-wide", ".chart-narrow" })
        {
            var phase = Number(chart.FindAll(drawing + " text").Single(t => t.TextContent == "Initial").GetAttribute("y"));
            var score = Number(chart.FindAll(drawing + " .score-num")[0].GetAttribute("y"));
            Assert.True(score - phase >= 13, $"{drawing}: {score} below {phase}"); // as high as the letters are
            Assert.True(phase >= 12, "The name is cut off.");
        }
    }

    [Fact]
    public void No_inline_style_is_written() => Assert.DoesNotContain("style=", Draw(Points(18, null, 12)).Markup, StringComparison.Ordinal);

    private IRenderedComponent<ScoreChart> Draw(IReadOnlyList<ScorePoint> points) =>
        Render<ScoreChart>(p => p.Add(c => c.Id, "mood").Add(c => c.Scale, Scale).Add(c => c.Points, points));

    private static ScorePoint[] Points(params int?[] scores) => [.. scores.Select((score, week) => new ScorePoint(Day(7 * week), score, $"Week {week}"))];

    private static DateOnly Day(int days) => new DateOnly(2026, 1, 5).AddDays(days);

    private static double Number(string? text) => double.Parse(text!, System.Globalization.CultureInfo.InvariantCulture);
}
