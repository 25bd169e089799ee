using System.Net;
using IptCloud.Host.Audit;
using IptCloud.Host.Browser;

namespace IptCloud.Host.Desk;

/// <summary>Addresses as people type and keep them, and where a member without a day lands.</summary>
[Collection("audit")]
public sealed class AddressTests(AuditSite site)
{
    [Fact]
    public async Task A_course_as_of_a_day_before_it_began_says_when_it_began()
    {
        using var client = await site.SignInAsync(SiteClinic.Therapist);
        var page = await client.GetStringAsync(At($"/courses/{site.Course}?asof=2020-02-29"));
        Assert.Contains("The course had not begun", page, StringComparison.Ordinal);
        Assert.Matches(@"referral on \d+ \w+ 20\d\d\. Of the end of 29 February 2020 there is nothing", WebUtility.HtmlDecode(page));
        Assert.Contains($"href=\"/courses/{site.Course}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(AuditSite.ClientName, page, StringComparison.Ordinal);

        using var stranger = await site.SignInAsync(SiteClinic.Colleague);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(At($"/courses/{site.Course}?asof=2020-02-29"))).StatusCode);
    }

    [Theory]
    [InlineData("asof=yesterday")]
    [InlineData("asof=2020-02-30")]
    public async Task A_day_that_does_not_exist_shows_no_other_day(string query)
    {
        using var client = await site.SignInAsync(SiteClinic.Therapist);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(At($"/courses/{site.Course}?{query}"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(At($"/courses/{site.Course}?asof="))).StatusCode);
    }

    [Fact]
    public async Task A_week_that_does_not_exist_shows_no_other_week()
    {
        using var client = await site.SignInAsync(SiteClinic.Scheduler);
        foreach (var week in new[] { "next", "2026-13-01", "0001-01-01", "9999-12-31" }) Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(At($"/diary?week={week}"))).StatusCode);
        foreach (var week in new[] { "", "?week=", "?week=2026-10-07" }) Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(At("/diary" + week))).StatusCode);
        Assert.Contains("Week of 5 October 2026", await client.GetStringAsync(At("/diary?week=2026-10-07")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_no_day_lands_on_what_they_do()
    {
        foreach (var (member, lands) in new[] { (SiteClinic.Scheduler, "/diary"), (SiteClinic.Operator, "/ops") })
        {
            using var client = await site.SignInAsync(member);
            var answer = await client.GetAsync(At("/"));
            Assert.Equal(lands, answer.Headers.Location is { IsAbsoluteUri: true } to ? to.PathAndQuery : answer.Headers.Location?.OriginalString);
        }
    }

    private static Uri At(string path) => new(path, UriKind.Relative);
}
