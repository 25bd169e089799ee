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
}
