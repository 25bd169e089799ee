using IptCloud.Contracts.Courses;
using IptCloud.Contracts.Networks;
using IptCloud.Data.Clients;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using IptCloud.Domain.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Host.Browser;

/// <summary>A course brought to where a test begins, past the pages, by the commands that the pages would send.</summary>
internal sealed class StagedCourse(PortalSite site, SiteMember therapist, string name)
{
    public CourseKey Key { get; } = new(SiteClinic.NetworkId, TypedId.Derive<CourseId>(SiteClinic.Root, "course/" + name));

    public ClientId Client { get; } = TypedId.Derive<ClientId>(SiteClinic.Root, "client/" + name);

    public string Name => name;

    public string Email => $"{name.ToLowerInvariant()}@client.example";

    /// <summary>The address of its page.</summary>
    public string Address => $"/courses/{Key.Course}";

    /// <summary>Referred, started, and booked weekly.</summary>
    public static async Task<StagedCourse> StartAsync(PortalSite site, SiteMember therapist, string name, DateTime first, int sessions)
    {
        var course = new StagedCourse(site, therapist, name);
        await site.Services.GetRequiredService<ClientRecords>()
            .AddAsync(SiteClinic.NetworkId, course.Client, new(name, "Example", SiteClinic.Zone, "en-GB", course.Email, true, null, false, true), TestContext.Current.CancellationToken);
        await course.DoAsync(new ReferCourse(course.Client, therapist.Id, SiteClinic.ClinicId, "ipt-16", 1, "Asks for help."));
        await course.DoAsync(new StartCourse());
        await course.DoAsync(new BookSeries(course.Id<SeriesId>("series"), [.. Enumerable.Range(0, sessions).Select(course.Session)], first, 50));
        return course;
    }

    public SessionId Session(int index) => Id<SessionId>($"session/{index}");

    public TId Id<TId>(string what) where TId : struct, ITypedId<TId> => TypedId.Derive<TId>(Key.Course.Value, what);

    public async Task DoAsync(CourseCommand command, Actor? actor = null)
    {
        var result = await ExecuteAsync(command, actor ?? therapist.Actor);
        Assert.Empty(result.Refusals.Select(r => r.Text));
    }

    public Task<CommandResult> ExecuteAsync(CourseCommand command, Actor actor) => Grain().ExecuteAsync(new(TypedId.New<CommandId>(TimeProvider.System.GetUtcNow()), actor, command));

    public Task<CourseView?> ViewAsync(Actor actor) => Grain().ViewAsync(actor);

    public Task AttendAsync(int session) => DoAsync(new RecordAttendance(Session(session), AttendanceCode.Attended, "", null));

    public async Task<CourseState> StateAsync(SiteMember? by = null) => (await ViewAsync((by ?? therapist).Actor))!.State;

    private ICourseGrain Grain()
    {
        RequestNetwork.Set(Key.Network);
        return site.Services.GetRequiredService<IGrainFactory>().GetGrain<ICourseGrain>(Key.ToString());
    }
}
