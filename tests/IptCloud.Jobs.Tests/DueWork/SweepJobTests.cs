using System.Collections.Concurrent;
using System.Reflection;
using IptCloud.Contracts.Courses;
using IptCloud.Contracts.Networks;
using IptCloud.Data.Messages;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Messages;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace IptCloud.Jobs.DueWork;

public sealed class SweepJobTests
{
    [Fact]
    public async Task Every_course_with_something_due_is_woken_once_for_its_own_network()
    {
        await using var post = await Post.OnSqliteAsync();
        var courses = await DueAsync(post, courses: 5, each: 7);
        var grains = WakingGrains.Create(out var woken);

        await SweepAsync(post, grains, batch: 100);

        Assert.Equal(courses.Select(c => c.ToString()).Order(), woken.Keys.Order());
        Assert.All(woken, w => Assert.StartsWith(Assert.Single(w.Value), w.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_course_that_fails_stops_no_other_and_comes_back_when_its_lease_ends()
    {
        await using var post = await Post.OnSqliteAsync();
        var courses = await DueAsync(post, courses: 4, each: 1);
        var grains = WakingGrains.Create(out var woken, failing: courses[0].ToString());

        await SweepAsync(post, grains, batch: 2);

        Assert.Equal(3, woken.Count);
        Assert.Empty(await post.Get<DueWorkClaims>().ClaimAsync(Post.Now, Post.Lease, 10));
        Assert.Contains(await post.Get<DueWorkClaims>().ClaimAsync(Post.Now + Post.Lease, Post.Lease, 10), c => c.Course == courses[0]);
    }

    private static Task SweepAsync(Post post, IGrainFactory grains, int batch) => new SweepJob(
        post.Get<DueWorkClaims>(), grains, Sized(batch), new(post.Get<Databases>(), Sized(batch), new FakeTimeProvider(Post.Now), TimeProvider.System), TimeProvider.System, NullLogger<SweepJob>.Instance)
        .RunAsync(TestContext.Current.CancellationToken);

    private static IOptions<WorkerOptions> Sized(int batch) => Options.Create(new WorkerOptions { BatchSize = batch, Lease = Post.Lease });

    private static async Task<List<CourseKey>> DueAsync(Post post, int courses, int each)
    {
        List<CourseKey> keys = [.. Enumerable.Range(0, courses).Select(_ => new CourseKey(new(Guid.NewGuid()), new(Guid.NewGuid())))];
        foreach (var key in keys)
        {
            await using var db = post.Get<Databases>().Make(DatabaseRole.Owner, key.Network);
            for (var i = 0; i < each; i++)
                db.DueWork.Add(new() { NetworkId = key.Network, CourseId = key.Course, Kind = DueKind.MissedCheck, Subject = Guid.NewGuid(), DueAt = Post.Now, VisibleAt = Post.Now });
            await db.SaveChangesAsync();
        }

        return keys;
    }
}

/// <summary>A grain factory whose courses note under which network they were woken.</summary>
public class WakingGrains : DispatchProxy
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<string>> woken = [];
    private string? failing;

    public static IGrainFactory Create(out ConcurrentDictionary<string, ConcurrentBag<string>> woken, string? failing = null)
    {
        var grains = Create<IGrainFactory, WakingGrains>();
        var self = (WakingGrains)(object)grains;
        (self.failing, woken) = (failing, self.woken);
        return grains;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var course = Create<ICourseGrain, WakingCourse>();
        ((WakingCourse)(object)course).Wake = () =>
        {
            if ((string)args![0]! == failing) throw new TimeoutException("No answer.");
            woken.GetOrAdd((string)args[0]!, _ => []).Add(RequestNetwork.Current!);
        };
        return course;
    }
}

/// <summary>A course that can only be woken.</summary>
public class WakingCourse : DispatchProxy
{
    public Action Wake { get; set; } = () => { };

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Assert.Equal(nameof(ICourseGrain.WakeAsync), targetMethod!.Name);
        Assert.NotEqual(default, (CommandId)args![0]!);
        Wake();
        return Task.FromResult(1);
    }
}
