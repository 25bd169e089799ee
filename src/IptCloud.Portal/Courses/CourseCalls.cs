using IptCloud.Contracts.Courses;
using IptCloud.Data.Audit;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using IptCloud.Portal.Access;
using IptCloud.Portal.Audit;
using Microsoft.AspNetCore.Http;

namespace IptCloud.Portal.Courses;

/// <summary>Calls to course grains for the signed-in member, or for the client behind a valid link.</summary>
public sealed class CourseCalls(IGrainFactory grains, SignedIn signedIn, IHttpContextAccessor http, AuditLog log)
{
    /// <summary>The course as it stands; null if there is none or the member may not read it.</summary>
    public async Task<CourseView?> ViewAsync(CourseId course)
    {
        var m = await signedIn.RequireAsync();
        return Seen(new(m.Network, course), await CallAsync(new(m.Network, course), g => g.ViewAsync(m.Actor)));
    }

    /// <summary>The course as it was recorded at an instant.</summary>
    public async Task<CourseView?> ViewAsOfAsync(CourseId course, DateTimeOffset at)
    {
        var m = await signedIn.RequireAsync();
        return Seen(new(m.Network, course), await CallAsync(new(m.Network, course), g => g.ViewAsOfAsync(m.Actor, at)), asOf: true);
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
        return await ExecuteAsync(new(m.Network, course), new(id, m.Actor, command));
    }

    /// <summary>Carries a command of the client out.</summary>
    public Task<CommandResult> ExecuteForClientAsync(CourseKey key, CommandId id, CourseCommand command) =>
        ExecuteAsync(key, new(id, Actor.Client, command));

    /// <summary>What may be done behind a client's link.</summary>
    public Task<TaskForm?> TaskFormAsync(CourseKey key, MessageId message)
    {
        http.Audit()?.Opened(key);
        return CallAsync(key, g => g.TaskFormAsync(message));
    }

    /// <summary>Tells a course that its client's record changed.</summary>
    public Task ClientChangedAsync(CourseKey key) => CallAsync(key, async g =>
    {
        await g.ClientChangedAsync();
        return true;
    });

    private CourseView? Seen(CourseKey key, CourseView? view, bool asOf = false)
    {
        http.Audit()?.Viewed(key, view, asOf);
        return view;
    }

    /// <summary>
    /// Nothing is begun while the audit is known to be away. Should it fail between the command and its entry, the journal holds
    /// who did it and when, the person is told that it failed, and the same form sent again writes the entry.
    /// </summary>
    private async Task<CommandResult> ExecuteAsync(CourseKey key, CourseRequest request)
    {
        log.Demand();
        var result = await CallAsync(key, g => g.ExecuteAsync(request));
        http.Audit()?.Commanded(key, request.Id, request.Command, result.IsAccepted);
        return result;
    }

    private Task<T> CallAsync<T>(CourseKey key, Func<ICourseGrain, Task<T>> call) => grains.CallCourseAsync(key, call);
}
