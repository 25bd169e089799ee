using IptCloud.Data.Messages;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Messages;
using IptCloud.Jobs.DueWork;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace IptCloud.Jobs;

/// <summary>A worker whose own clock is wrong, beside others.</summary>
[Trait("Needs", "postgres")]
public sealed class WorkerClockTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task What_is_due_and_for_how_long_a_claim_holds_is_the_databases_to_say(int hours)
    {
        await using var post = await Post.OnPostgresAsync(TestContext.Current.CancellationToken);
        var theirs = (await post.Get<Databases>().ClockAsync(DatabaseRole.Worker))!.Value;
        FakeTimeProvider wrong = new(theirs.AddHours(hours));
        var (due, early) = (await DueAsync(post, theirs.AddMinutes(-1)), await DueAsync(post, theirs.AddMinutes(30)));

        var grains = WakingGrains.Create(out var woken);
        var options = Options.Create(new WorkerOptions { Lease = Post.Lease, UsesDatabaseClock = true });
        await new SweepJob(post.Get<DueWorkClaims>(), grains, options, new(post.Get<Databases>(), options, wrong, wrong), wrong, NullLogger<SweepJob>.Instance).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal([due.ToString()], woken.Keys);
        await using var db = post.Get<Databases>().Make(DatabaseRole.Owner, post.Network);
        var until = (await db.DueWork.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken)).ToDictionary(d => new CourseKey(d.NetworkId, d.CourseId), d => d.VisibleAt);
        Assert.InRange(until[due], theirs + Post.Lease, theirs + Post.Lease + TimeSpan.FromMinutes(1));
        Assert.True(until[early] > theirs + Post.Lease + TimeSpan.FromMinutes(20));
    }

    private static async Task<CourseKey> DueAsync(Post post, DateTimeOffset at)
    {
        CourseKey key = new(post.Network, new(Guid.NewGuid()));
        await using var db = post.Get<Databases>().Make(DatabaseRole.Owner, key.Network);
        db.DueWork.Add(new() { NetworkId = key.Network, CourseId = key.Course, Kind = DueKind.MissedCheck, Subject = Guid.NewGuid(), DueAt = at, VisibleAt = at });
        await db.SaveChangesAsync();
        return key;
    }
}
