using IptCloud.Data.Journal;
using IptCloud.Domain.Contacts;
using IptCloud.Domain.Courses;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Grains.Tests.Journal;

/// <summary>Readers come first: what a release introduces is written only once nobody of the release before is left.</summary>
public sealed class JournalReleaseTests
{
    [Fact]
    public async Task What_the_release_before_cannot_read_is_refused_in_words_and_nothing_is_stored()
    {
        await using var site = await ClinicSite.OnSqliteAsync(s => s.AddSingleton(JournalRelease.Before));
        var key = await site.StartCourseAsync();
        var refused = Assert.Single((await site.DoAsync(key, Contact(site))).Refusals);
        Assert.Equal("course.not-yet-everywhere", refused.Code);
        Assert.DoesNotContain(await site.Get<ICourseJournal>().ReadAsync(key, 0), e => e.Event is ContactRecorded);
        await site.MustAsync(key, new HoldCourse("Moves house")); // all else goes on
    }

    [Fact]
    public async Task Once_told_it_is_written_and_every_process_of_this_release_reads_it()
    {
        await using var site = await ClinicSite.OnSqliteAsync();
        var key = await site.StartCourseAsync();
        await site.MustAsync(key, Contact(site));
        var stored = Assert.Single(await site.Get<ICourseJournal>().ReadAsync(key, 0), e => e.Event is ContactRecorded);
        Assert.True(JournalRelease.Newest.Writes(stored.Event));
        Assert.False(JournalRelease.Before.Writes(stored.Event));
        Assert.Equal("Called back.", Assert.Single((await site.Course(key).ViewAsync(site.Me))!.State.Contacts).Text);
    }

    [Theory]
    [InlineData("0.1", 1)]
    [InlineData("v0.2", 2)]
    [InlineData("0.3", null)]
    [InlineData("0.0", null)]
    [InlineData("two", null)]
    public void A_release_is_named_as_it_is_tagged(string text, int? minor) => Assert.Equal(minor, JournalRelease.Parse(text)?.Minor);

    private static RecordContact Contact(ClinicSite site) =>
        new(new(Guid.NewGuid()), ContactParty.Client, ContactWay.Telephone, site.Clock.GetUtcNow().UtcDateTime, "Called back.");
}
