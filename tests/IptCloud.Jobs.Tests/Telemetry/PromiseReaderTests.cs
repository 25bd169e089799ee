using IptCloud.Data.Billing;
using IptCloud.Data.Courses;
using IptCloud.Data.Messages;
using IptCloud.Data.Storage;
using IptCloud.Data.Telemetry;
using IptCloud.Domain.Messages;

namespace IptCloud.Jobs.Telemetry;

/// <summary>What operators are told of promises, over all networks.</summary>
public abstract class PromiseReaderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract Task<Post> PostAsync();

    [Fact]
    public async Task Where_nothing_waits_every_promise_is_kept()
    {
        await using var post = await PostAsync();
        var p = await ReadAsync(post);
        Assert.Equal([TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero], [p.DueWorkLag, p.OutboxLag, p.OldestAlert, p.WebhookAge, p.SeatOrderAge]);
        Assert.All(p.Messages.Values.Concat(p.Unacknowledged.Values), count => Assert.Equal(0, count));
    }

    [Fact]
    public async Task What_waits_is_told_by_its_age_and_what_is_done_is_not()
    {
        await using var post = await PostAsync();
        await post.QueueAsync(visible: Post.Now.AddMinutes(-7));
        await post.QueueAsync(visible: Post.Now.AddHours(1));
        await post.QueueAsync(change: r => (r.State, r.VisibleAt) = (OutboxStates.MaybeSent, Post.Now.AddHours(-23)));
        await post.QueueAsync(change: r => (r.State, r.VisibleAt) = (OutboxStates.Failed, Post.Now.AddHours(-25)));
        await AddAsync(post, new DueWorkRow { NetworkId = post.Network, CourseId = post.Course, Kind = DueKind.MissedCheck, Subject = Guid.NewGuid(), DueAt = Post.Now.AddMinutes(-4), VisibleAt = Post.Now.AddMinutes(-3) });
        await AddAsync(post, new SeatOrderRow { NetworkId = post.Network, OrderId = Guid.NewGuid(), Quantity = 3, At = Post.Now.AddHours(-3), VisibleAt = Post.Now.AddMinutes(20) }); // tried in vain, and to be tried again
        foreach (var (minutes, acknowledged, closed) in new[] { (10, false, false), (50, false, false), (300, false, false), (600, true, false), (900, false, true) })
            await AddAsync(post, new AlertRow
            {
                NetworkId = post.Network, AlertId = new(Guid.NewGuid()), CourseId = post.Course, ClientId = post.Client, TherapistId = post.Therapist, ClinicId = post.Clinic, Level = 1,
                RaisedAt = Post.Now.AddMinutes(-minutes), AcknowledgedAt = acknowledged ? Post.Now : null, ClosedAt = closed ? Post.Now : null,
            });

        var p = await ReadAsync(post);
        Assert.Equal(TimeSpan.FromMinutes(3), p.DueWorkLag);
        Assert.Equal(TimeSpan.FromMinutes(7), p.OutboxLag);
        Assert.Equal(TimeSpan.FromHours(3), p.SeatOrderAge);
        Assert.Equal((2, 1, 0), (p.Messages[OutboxStates.Pending], p.Messages[OutboxStates.MaybeSent], p.Messages[OutboxStates.Failed]));
        Assert.Equal(TimeSpan.FromMinutes(300), p.OldestAlert);
        Assert.Equal([1, 1, 0, 1], Promises.AlertAges.Select(a => p.Unacknowledged[a.Name]));
        Assert.Equal(TimeSpan.FromMinutes(1), (await ReadAsync(post, speed: 7)).OutboxLag);
    }

    private static Task<Promises> ReadAsync(Post post, double speed = 1) => new PromiseReader(post.Get<Databases>()).ReadAsync(Post.Now, Post.Now, speed, Ct);

    private static async Task AddAsync(Post post, object row)
    {
        await using var db = post.Get<Databases>().Make(DatabaseRole.Owner, post.Network);
        db.Add(row);
        await db.SaveChangesAsync(Ct);
    }
}

public sealed class SqlitePromiseReaderTests : PromiseReaderTests
{
    protected override Task<Post> PostAsync() => Post.OnSqliteAsync();
}

[Trait("Needs", "postgres")]
public sealed class PostgresPromiseReaderTests : PromiseReaderTests
{
    protected override Task<Post> PostAsync() => Post.OnPostgresAsync(Ct);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
