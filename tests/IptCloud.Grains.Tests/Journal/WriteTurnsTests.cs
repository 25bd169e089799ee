using System.Globalization;
using IptCloud.Data.Sessions;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Protocols;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Grains.Tests.Journal;

/// <summary>Hazard 22: next to a journal that writes without a pause, a draft note still has its turn.</summary>
public sealed class WriteTurnsTests
{
    private const int Drafts = 30;
    private const int Courses = 32;

    /// <summary>A turn is one commit, of at most a batch: each draft waits for a few of them, not for a lucky moment (150 ms apart, that is for some thousand appends).</summary>
    private const long MostAppends = 10L * Drafts * Courses;

    [Fact]
    public async Task A_draft_waits_for_few_appends_however_many_there_are()
    {
        await using var site = await ClinicSite.OnSqliteAsync();
        var courses = await Task.WhenAll(Enumerable.Range(0, Courses).Select(_ => site.StartCourseAsync()));
        using var done = new CancellationTokenSource();
        long appends = 0;
        var writers = courses.Select(course => Task.Run(async () =>
        {
            for (var n = 0; !done.IsCancellationRequested && Volatile.Read(ref appends) <= MostAppends; n++)
            {
                await site.MustAsync(course, new ChooseFocus((FocusArea)(n % 4), n.ToString(CultureInfo.InvariantCulture)));
                Interlocked.Increment(ref appends);
            }
        })).ToList();

        var drafts = site.Get<NoteDrafts>();
        for (var revision = 0; revision < Drafts; revision++)
            Assert.True((await drafts.SaveAsync(site.Network, courses[0].Course, new(courses[0].Course.Value), site.Therapist, new($"draft {revision}", "", revision, revision), site.Clock.GetUtcNow())).Saved);
        var meanwhile = Volatile.Read(ref appends);
        await done.CancelAsync();
        await Task.WhenAll(writers);
        Assert.InRange(meanwhile, 0, MostAppends);
    }

    [Fact]
    public async Task A_statement_that_writes_out_of_turn_is_found_at_once()
    {
        await using var site = await ClinicSite.OnSqliteAsync();
        await using var db = await site.Get<Databases>().ReadAsync(site.Network);
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.TaskLinks.ExecuteDeleteAsync());
    }
}
