using IptCloud.Contracts.Courses;
using IptCloud.Contracts.Networks;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using IptCloud.Portal.Access;
using Orleans.Runtime;

namespace IptCloud.Portal.Courses;

/// <summary>Calls to course grains for the signed-in member, or for the client behind a valid link.</summary>
public sealed class CourseCalls(IGrainFactory grains, SignedIn signedIn)
{
    /// <summary>The course as it stands; null if there is none or the member may not read it.</summary>
    public async Task<CourseView?> ViewAsync(CourseId course)
    {
        var m = await signedIn.RequireAsync();
        return await CallAsync(new(m.Network, course), g => g.ViewAsync(m.Actor));
    }

    /// <summary>The course as it was recorded at an instant.</summary>
    public async Task<CourseView?> ViewAsOfAsync(CourseId course, DateTimeOffset at)
    {
        var m = await signedIn.RequireAsync();
        return await CallAsync(new(m.Network, course), g => g.ViewAsOfAsync(m.Actor, at));
    }

    /// <summary>The course's appointments; null if there is none or the member may not see them.</summary>
    public async Task<CourseDiary?> DiaryAsync(CourseId course)
    {
        var m = await signedIn.RequireAsync();
        return await CallAsync(new(m.Network, course), g => g.DiaryAsync(m.Actor));
    }

    /// <summary>Carries a command of the signed-in member out, or says why not.</summary>
    /// <param name="id">From the form, so that a second click or a repeated post has no second effect.</param>
    public async Task<CommandResult> ExecuteAsync(CourseId course, CommandId id, CourseCommand command)
    {
        var m = await signedIn.RequireAsync();
        return await CallAsync(new(m.Network, course), g => g.ExecuteAsync(new(id, m.Actor, command)));
    }

    /// <summary>Carries a command of the client out.</summary>
    public Task<CommandResult> ExecuteForClientAsync(CourseKey key, CommandId id, CourseCommand command) =>
        CallAsync(key, g => g.ExecuteAsync(new(id, Actor.Client, command)));

    /// <summary>What may be done behind a client's link.</summary>
    public Task<TaskForm?> TaskFormAsync(CourseKey key, MessageId message) => CallAsync(key, g => g.TaskFormAsync(message));

    /// <summary>Tells a course that its client's record changed.</summary>
    public Task ClientChangedAsync(CourseKey key) => CallAsync(key, async g =>
    {
        await g.ClientChangedAsync();
        return true;
    });

    /// <summary>One retry, with the same command id, when a silo left or an activation was dropped under the call.</summary>
    private async Task<T> CallAsync<T>(CourseKey key, Func<ICourseGrain, Task<T>> call)
    {
        RequestNetwork.Set(key.Network);
        var grain = grains.GetGrain<ICourseGrain>(key.ToString());
        try
        {
            return await call(grain);
        }
        catch (Exception e) when (e is SiloUnavailableException or OrleansMessageRejectionException or TimeoutException)
        {
            return await call(grain);
        }
    }
}
