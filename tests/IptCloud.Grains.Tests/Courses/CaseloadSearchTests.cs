using IptCloud.Data.Clients;
using IptCloud.Data.Courses;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using IptCloud.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Grains.Tests.Courses;

/// <summary>
/// Attack 41: names are guessed in the search. A name that a colleague's, another clinic's or a neighbour's client has answers
/// as one that nobody has. The neighbour's clinic, therapist and clients have the same ids as those here.
/// </summary>
public sealed class CaseloadSearchTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly NetworkId mine = new(Guid.NewGuid()), neighbour = new(Guid.NewGuid());
    private readonly ClinicId clinic = new(Guid.NewGuid()), elsewhere = new(Guid.NewGuid());
    private readonly MemberId me = new(Guid.NewGuid()), colleague = new(Guid.NewGuid());
    private readonly ClientId shared = new(Guid.NewGuid());
    private ServiceProvider services = null!;

    public async ValueTask InitializeAsync()
    {
        services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSqliteData(folder.File("test.db")).BuildServiceProvider();
        await services.GetRequiredService<Databases>().MigrateAsync();
        foreach (var network in new[] { mine, neighbour })
        {
            var row = await services.GetRequiredService<NetworkKeys>().FoundAsync(new() { NetworkId = network, Name = "Test", Policy = "{}" });
            await using var db = await services.GetRequiredService<Databases>().ReadAsync(network);
            db.Networks.Add(row);
            await db.SaveChangesAsync();
        }

        await AddAsync(mine, shared, "Ottilie", me, clinic);
        await AddAsync(mine, new(Guid.NewGuid()), "Colleague", colleague, clinic);
        await AddAsync(mine, new(Guid.NewGuid()), "Elsewhere", colleague, elsewhere);
        await AddAsync(neighbour, shared, "Neighbour", me, clinic);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Theory]
    [InlineData("Neighbour", Roles.Therapist, false)]
    [InlineData("N", Roles.Therapist, false)]
    [InlineData("Colleague", Roles.Therapist, false)]
    [InlineData("Colleague", Roles.Therapist, true)]
    [InlineData("Neighbour", Roles.Supervisor, true)]
    [InlineData("Elsewhere", Roles.Supervisor, true)]
    [InlineData("Colleague", Roles.Owner | Roles.Admin, true)]
    public async Task A_name_that_is_not_on_ones_list_answers_as_one_that_nobody_has(string name, Roles roles, bool everyone)
    {
        var nobody = await FindAsync("Qqqqq", roles, everyone);
        var guessed = await FindAsync(name, roles, everyone);
        Assert.Empty(guessed.Entries);
        Assert.Equal(nobody with { Entries = [] }, guessed with { Entries = [] });
    }

    [Fact]
    public async Task Ones_own_list_is_searched()
    {
        Assert.Equal("Ottilie Example", Assert.Single((await FindAsync("ottil", Roles.Therapist, false)).Entries).ClientName);
        Assert.Equal(["Colleague Example", "Ottilie Example"], (await FindAsync("example", Roles.Supervisor, true)).Entries.Select(e => e.ClientName).Order());
    }

    [Fact]
    public async Task A_colleagues_list_is_searched_only_by_who_acts_for_them()
    {
        var actor = Actor.Of(me, Roles.Therapist, clinic);
        Assert.Equal(0, (await FindAsync(actor, new("Colleague", For: colleague))).Total);
        Assert.Equal(1, (await FindAsync(actor with { ActsFor = [colleague] }, new("Colleague", For: colleague))).Total);
    }

    private Task<CaseloadPage> FindAsync(string name, Roles roles, bool everyone) => FindAsync(Actor.Of(me, roles, clinic), new(name, Everyone: everyone));

    private Task<CaseloadPage> FindAsync(Actor actor, CaseloadFilter filter) => services.GetRequiredService<Caseload>().PageAsync(mine, actor, filter, TestContext.Current.CancellationToken);

    private async Task AddAsync(NetworkId network, ClientId client, string name, MemberId therapist, ClinicId at)
    {
        await services.GetRequiredService<ClientRecords>().AddAsync(network, client, new(name, "Example", "Europe/London", "en-GB", null, false, null, false, false));
        await using var db = await services.GetRequiredService<Databases>().ReadAsync(network);
        db.CourseCards.Add(new() { NetworkId = network, CourseId = new(Guid.NewGuid()), ClientId = client, TherapistId = therapist, ClinicId = at, Status = nameof(CourseStatus.Active), Phase = "Middle" });
        await db.SaveChangesAsync();
    }
}
