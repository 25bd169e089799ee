using IptCloud.Contracts.Courses;
using IptCloud.Domain.Courses;
using Orleans.Runtime.Messaging;

namespace IptCloud.Grains.Tests.Courses;

/// <summary>Calls whose answers are lost, over the real grain.</summary>
public sealed class CourseCallingTests : IAsyncLifetime
{
    private ClinicSite site = null!;

    public async ValueTask InitializeAsync() => site = await ClinicSite.OnSqliteAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Theory]
    [InlineData(typeof(TimeoutException), 2)]
    [InlineData(typeof(SiloUnavailableException), 3)]
    [InlineData(typeof(ConnectionFailedException), 3)]
    [InlineData(typeof(CourseConflictException), 2)]
    public async Task A_command_whose_answer_is_lost_is_given_again_and_done_once(Type failure, int times)
    {
        var key = await site.StartCourseAsync();
        CourseRequest request = new(new(Guid.NewGuid()), site.Me, new HoldCourse("Moves house"));
        var (before, given) = ((await site.Course(key).ViewAsync(site.Me))!.Version, 0);
        var result = await site.Get<IGrainFactory>().CallCourseAsync(key, async g =>
        {
            var answer = await g.ExecuteAsync(request);
            return ++given <= times ? throw (Exception)Activator.CreateInstance(failure)! : answer;
        });
        Assert.True(result.IsAccepted);
        Assert.Equal(times + 1, given);
        Assert.Equal(before + 1, (await site.Course(key).ViewAsync(site.Me))!.Version);
    }

    [Theory]
    [InlineData(typeof(TimeoutException), 3)]
    [InlineData(typeof(InvalidOperationException), 1)]
    public async Task What_is_never_answered_or_fails_otherwise_is_told_to_the_caller(Type failure, int times)
    {
        var given = 0;
        await Assert.ThrowsAsync(failure, () => site.Get<IGrainFactory>().CallCourseAsync<int>(site.NewCourse(), _ =>
        {
            given++;
            throw (Exception)Activator.CreateInstance(failure)!;
        }));
        Assert.Equal(times, given);
    }
}
