namespace IptCloud.Portal.Shared;

public sealed class SmallPartsTests : BunitContext
{
    [Fact]
    public void Versions_mark_only_what_the_other_has_not()
    {
        var diff = Render<Diff>(p => p.Add(d => d.Left, new DiffSide("Old", "Low mood on Tuesday.")).Add(d => d.Right, new DiffSide("New", "Low mood on Wednesday evening.")));

        Assert.Equal("Tuesday", diff.Find("del").TextContent);
        Assert.Equal("Wednesday evening", string.Concat(diff.FindAll("ins").Select(e => e.TextContent)));
        Assert.Equal("Low mood on Tuesday.", diff.FindAll(".diff-text")[0].TextContent);
    }

    [Fact]
    public void Pages_far_away_are_left_out()
    {
        var pages = Render<Pagination>(p => p.Add(c => c.Page, 5).Add(c => c.Pages, 20).Add(c => c.Href, n => $"?page={n}"));

        Assert.Equal(["1", "…", "4", "5", "6", "…", "20"], pages.FindAll(".page-no").Select(e => e.TextContent.Replace("Page ", "", StringComparison.Ordinal)));
        Assert.Equal("?page=5", pages.Find("[aria-current=page]").GetAttribute("href"));
    }

    [Fact]
    public void A_count_of_nought_is_never_an_alarm()
    {
        var counts = Render<SummaryCounts>(p => p.Add(c => c.Items, [new(0, "need attention", null, Tone.Alert), new(2, "notes", null, Tone.Watch)]));

        Assert.Empty(counts.FindAll(".count-alert"));
        Assert.Single(counts.FindAll(".count-watch svg"));
    }

    [Fact]
    public void Sparkline_says_first_and_latest_and_keeps_gaps()
    {
        var spark = Render<Sparkline>(p => p.Add(s => s.Name, "Mood").Add(s => s.Values, [18, 16, null, 9]).Add(s => s.Max, 20));

        Assert.Equal("Mood from 18 →  to 9", spark.Find("svg + span").TextContent);
        Assert.Equal(2, spark.FindAll("polyline").Count);
    }

    [Theory]
    [InlineData(1, "1 minute")]
    [InlineData(59, "59 minutes")]
    [InlineData(61, "1 hour 1 minute")]
    [InlineData(1500, "1 day 1 hour")]
    public void Elapsed_time_is_in_words(int minutes, string words) => Assert.Equal(words, ElapsedTime.Words(TimeSpan.FromMinutes(minutes)));

    [Fact]
    public void Shell_shows_ops_only_to_those_who_may_see_it()
    {
        Assert.DoesNotContain(new Shell("Clinic", "A. Member").Links, link => link.Text == "Ops");
        Assert.Contains(new Shell("Clinic", "A. Member", CanSeeOps: true).Links, link => link.Text == "Ops");
        Assert.Empty(new Shell("Clinic").Links);
    }
}
