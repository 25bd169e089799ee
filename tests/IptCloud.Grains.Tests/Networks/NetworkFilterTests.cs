using IptCloud.Contracts.Courses;
using IptCloud.Contracts.Networks;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Grains.Tests.Networks;

public sealed class NetworkFilterTests : IAsyncLifetime
{
    private ClinicSite site = null!;

    public async ValueTask InitializeAsync() => site = await ClinicSite.OnSqliteAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task A_call_for_the_own_network_passes()
    {
        var key = await site.StartCourseAsync();
        Assert.NotNull(await site.Course(key).ViewAsync(site.Me));
    }

    [Fact]
    public async Task A_call_without_a_network_is_refused()
    {
        var key = await site.StartCourseAsync();
        RequestContext.Clear();
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => site.Get<IGrainFactory>().GetGrain<ICourseGrain>(key.ToString()).ViewAsync(site.Me));
    }

    [Fact]
    public async Task A_call_for_another_network_is_refused()
    {
        var key = await site.StartCourseAsync();
        RequestNetwork.Set(new NetworkId(Guid.NewGuid()));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => site.Get<IGrainFactory>().GetGrain<ICourseGrain>(key.ToString()).ViewAsync(site.Me));
    }

    [Theory]
    [InlineData("no-separator")]
    [InlineData("|leading")]
    public async Task A_key_that_is_no_course_is_refused(string key)
    {
        RequestNetwork.Set(site.Network);
        // Orleans activates before filters run, so a malformed key already fails there.
        await Assert.ThrowsAsync<FormatException>(() => site.Get<IGrainFactory>().GetGrain<ICourseGrain>(key).ViewAsync(site.Me));
    }

    [Fact]
    public async Task A_network_that_differs_in_its_last_character_is_refused()
    {
        RequestNetwork.Set(site.Network);
        var text = site.Network.ToString();
        var almost = text[..^1] + (text[^1] == '0' ? '1' : '0');
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => site.Get<IGrainFactory>().GetGrain<ICourseGrain>($"{almost}|{Guid.NewGuid():N}").ViewAsync(site.Me));
    }

    [Fact]
    public async Task The_case_of_the_network_matters()
    {
        var key = new CourseKey(site.Network, new(Guid.NewGuid()));
        RequestContext.Set("ipt.network", site.Network.ToString().ToUpperInvariant() + "x");
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => site.Get<IGrainFactory>().GetGrain<ICourseGrain>(key.ToString()).ViewAsync(site.Me));
    }

    [Theory]
    [InlineData("|")]
    [InlineData("\u0430")] // looks like the Latin letter
    [InlineData("\0")]
    public async Task Attack_24_a_network_with_something_behind_it_is_another_network(string behind)
    {
        var key = new CourseKey(site.Network, new(Guid.NewGuid()));
        foreach (var named in new[] { site.Network + behind, behind + site.Network, site.Network + new string('x', 4096) })
        {
            RequestContext.Set("ipt.network", named);
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => site.Get<IGrainFactory>().GetGrain<ICourseGrain>(key.ToString()).ViewAsync(site.Me));
        }
    }

    [Fact]
    public async Task Attack_21_a_course_of_a_neighbour_is_refused_under_ones_own_network_and_not_found_under_its_own_id()
    {
        var key = await site.StartCourseAsync();
        var neighbour = new NetworkId(Guid.NewGuid());
        RequestNetwork.Set(neighbour);
        var grains = site.Get<IGrainFactory>();
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => grains.GetGrain<ICourseGrain>(key.ToString()).ViewAsync(site.Me));
        Assert.Null(await grains.GetGrain<ICourseGrain>(new CourseKey(neighbour, key.Course).ToString()).ViewAsync(site.Me));
    }

    [Fact]
    public async Task Attack_26_what_is_kept_of_a_clinic_is_kept_by_network()
    {
        // The same clinic id in another network: its facts must not be those that were asked for first.
        var key = await site.StartCourseAsync();
        var neighbour = new NetworkId(Guid.NewGuid());
        RequestNetwork.Set(neighbour);
        var client = new ClientId(Guid.NewGuid());
        var refused = await site.Get<IGrainFactory>().GetGrain<ICourseGrain>(new CourseKey(neighbour, key.Course).ToString())
            .ExecuteAsync(new(new(Guid.NewGuid()), site.Me, new ReferCourse(client, site.Therapist, site.Clinic, "ipt-16", 1, "Same ids, other network")));
        Assert.False(refused.IsAccepted);
    }

    [Fact]
    public async Task Attack_27_silo_and_gateway_listen_on_this_machine_only()
    {
        await site.StartCourseAsync();
        var options = site.Get<Microsoft.Extensions.Options.IOptions<Orleans.Configuration.EndpointOptions>>().Value;
        var ours = System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(l => l.Port == options.SiloPort || l.Port == options.GatewayPort).ToList();
        Assert.Equal(2, ours.Count);
        Assert.All(ours, l => Assert.True(System.Net.IPAddress.IsLoopback(l.Address), $"{l} can be reached from elsewhere."));
    }

    [Fact]
    public async Task Attack_28_asking_for_thousands_of_courses_that_do_not_exist_leaves_no_activation_behind()
    {
        var mine = await site.StartCourseAsync();
        RequestNetwork.Set(site.Network);
        var grains = site.Get<IGrainFactory>();
        await Parallel.ForAsync(0, 5_000, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (_, _) =>
        {
            RequestNetwork.Set(site.Network);
            Assert.Null(await grains.GetGrain<ICourseGrain>(new CourseKey(site.Network, new(Guid.NewGuid())).ToString()).ViewAsync(site.Me));
        });
        var management = grains.GetGrain<IManagementGrain>(0);
        var courses = 0;
        for (var look = 0; look < 200 && (courses = await CoursesAsync(management)) > 1; look++) await site.Course(mine).ViewAsync(site.Me); // activations end behind their last call
        Assert.InRange(courses, 0, 1);
    }

    private static async Task<int> CoursesAsync(IManagementGrain management) =>
        (await management.GetSimpleGrainStatistics()).Where(s => s.GrainType.Contains("CourseGrain", StringComparison.Ordinal)).Sum(s => s.ActivationCount);
}
