using IptCloud.Data.Clients;
using IptCloud.Data.Courses;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using IptCloud.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Portal.Clients;

/// <summary>Who sees whose record: the same people who may read one of the client's courses.</summary>
public sealed class ClientAccessTests : IAsyncLifetime
{
    private static readonly NetworkId network = Id<NetworkId>("network"), elsewhere = Id<NetworkId>("elsewhere");
    private static readonly ClinicId clinic = Id<ClinicId>("clinic"), other = Id<ClinicId>("other");
    private static readonly MemberId therapist = Id<MemberId>("therapist"), lead = Id<MemberId>("lead"), colleague = Id<MemberId>("colleague");
    private static readonly ClientId amara = Id<ClientId>("amara"), ben = Id<ClientId>("ben");

    private readonly TempFolder folder = new();
    private ServiceProvider services = default!;

    private ClientAccess Access => services.GetRequiredService<ClientAccess>();

    public async ValueTask InitializeAsync()
    {
        var collection = new ServiceCollection().AddSingleton(TimeProvider.System);
        services = collection.AddSqliteData(folder.File("test.db")).AddSingleton<ClientAccess>().BuildServiceProvider();
        var databases = services.GetRequiredService<Databases>();
        await databases.MigrateAsync();
        await services.GetRequiredService<NetworkKeys>().AddAsync(network);
        await using var db = await databases.ReadAsync(network);
        db.Clinics.Add(new() { NetworkId = network, ClinicId = clinic, Name = "A", Zone = "Europe/London", DutyLead = lead });
        db.Clinics.Add(new() { NetworkId = network, ClinicId = other, Name = "B", Zone = "Europe/London" });
        db.CourseCards.Add(Card(amara, "open", nameof(CourseStatus.Active)));
        db.OpenCourses.Add(new() { NetworkId = network, ClientId = amara, CourseId = Id<CourseId>("open") });
        db.CourseCards.Add(Card(ben, "closed", nameof(CourseStatus.Closed)));
        await db.SaveChangesAsync();
        foreach (var (client, name) in new[] { (amara, "Amara"), (ben, "Ben") })
            await services.GetRequiredService<ClientRecords>().AddAsync(network, client, new(name, "X", "Europe/London", "en-GB", null, false, null, false, false));
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Therapist_supervisor_and_duty_lead_see_the_record()
    {
        foreach (var actor in new[] { Actor.Of(therapist, Roles.Therapist, clinic), Actor.Of(colleague, Roles.Supervisor, clinic), Actor.Of(lead, Roles.Therapist, other) })
        {
            Assert.Equal([new(Id<CourseId>("open"), true)], await Access.CoursesAsync(network, actor, amara));
            Assert.Equal([new(Id<CourseId>("closed"), false)], await Access.CoursesAsync(network, actor, ben));
        }
    }

    [Fact]
    public async Task Nobody_else_does()
    {
        foreach (var actor in new[]
        {
            Actor.Of(colleague, Roles.Therapist, clinic), Actor.Of(colleague, Roles.Supervisor, other), Actor.Of(therapist, Roles.Therapist, other),
            Actor.Of(colleague, Roles.Admin | Roles.Ops, clinic), Actor.System, Actor.Client,
        })
            Assert.Empty(await Access.CoursesAsync(network, actor, amara));
        Assert.Empty(await Access.CoursesAsync(elsewhere, Actor.Of(therapist, Roles.Therapist, clinic), amara));
    }

    [Fact]
    public async Task Only_clients_without_an_open_course_can_be_referred_again()
    {
        Assert.Equal([new(ben, "Ben X")], await Access.ReferableAsync(network, Actor.Of(therapist, Roles.Therapist, clinic)));
        Assert.Equal([new(ben, "Ben X")], await Access.ReferableAsync(network, Actor.Of(colleague, Roles.Supervisor, clinic)));
        Assert.Empty(await Access.ReferableAsync(network, Actor.Of(colleague, Roles.Admin, clinic)));
        Assert.Empty(await Access.ReferableAsync(network, Actor.Of(colleague, Roles.Therapist, clinic)));
        Assert.Empty(await Access.ReferableAsync(network, Actor.Of(colleague, Roles.Supervisor, other)));
        Assert.Empty(await Access.ReferableAsync(elsewhere, Actor.Of(therapist, Roles.Therapist, clinic)));
    }

    private static CourseCardRow Card(ClientId client, string course, string status) =>
        new() { NetworkId = network, CourseId = Id<CourseId>(course), ClientId = client, TherapistId = therapist, ClinicId = clinic, Status = status, Phase = "Initial" };

    private static TId Id<TId>(string name) where TId : struct, ITypedId<TId> => TypedId.Derive<TId>(Guid.Empty, name);
}
