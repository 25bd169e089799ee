using System.Collections.Concurrent;
using System.Text.Json;
using IptCloud.Contracts.Courses;
using IptCloud.Contracts.Networks;
using IptCloud.Data.Clients;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Rounds.Load;

/// <summary>A network with as many therapists as courses ask for, so that no booking waits for another.</summary>
internal sealed class Site(IServiceProvider services)
{
    private static readonly ConcurrentDictionary<int, CourseKey> Keys = new();
    private static readonly ConcurrentDictionary<int, Actor> Actors = new();
    private readonly ConcurrentDictionary<int, ICourseGrain> grains = new();

    public static readonly NetworkId Network = TypedId.Derive<NetworkId>(Guid.Empty, "rounds");
    public static readonly ClinicId Clinic = TypedId.Derive<ClinicId>(Guid.Empty, "rounds");

    public static MemberId Therapist(int i) => TypedId.Derive<MemberId>(Network.Value, $"therapist {i}");

    public static Guid User(int i) => TypedId.Derive<MemberId>(Therapist(i).Value, "user").Value;

    /// <summary>Kept once made: making it costs as much as a good part of an append.</summary>
    public static CourseKey Course(int i) => Keys.GetOrAdd(i, static i => new(Network, TypedId.Derive<CourseId>(Network.Value, $"course {i}")));

    public static ClientId Client(int i) => TypedId.Derive<ClientId>(Network.Value, $"client {i}");

    public static Actor Me(int i) => Actors.GetOrAdd(i, static i => Actor.Of(Therapist(i), Roles.Therapist, Clinic));

    /// <summary>Makes network, members, clients and started courses where they are missing.</summary>
    /// <param name="therapistOf">Whose a course is; a therapist of its own for each if left out.</param>
    public async Task PrepareAsync(int courses, Func<int, int>? therapistOf = null)
    {
        therapistOf ??= course => course;
        await using (var db = await services.GetRequiredService<Databases>().ReadAsync(Network))
        {
            if (!await db.Networks.AnyAsync(n => n.NetworkId == Network))
            {
                // No quiet hours and no limit a week: the run wants messages to leave.
                var policy = NetworkPolicy.Default with { QuietFrom = new(0, 0), QuietUntil = new(0, 0), MessagesPerWeek = 1000, UnansweredLimit = 1_000_000 };
                db.Networks.Add(await services.GetRequiredService<NetworkKeys>().FoundAsync(new() { NetworkId = Network, Name = "Rounds", Policy = JsonSerializer.Serialize(policy) }));
                db.Clinics.Add(new() { NetworkId = Network, ClinicId = Clinic, Name = "Rounds", SenderName = "Elm Street", Zone = "Europe/London", Phone = "020 7946 0000" });
                foreach (var i in Enumerable.Range(0, courses).Select(therapistOf).Distinct())
                {
                    db.Members.Add(new() { NetworkId = Network, MemberId = Therapist(i), UserId = User(i), Name = $"Therapist {i}", Email = $"therapist{i}@example.org", Roles = Roles.Therapist });
                    db.Memberships.Add(new() { NetworkId = Network, MemberId = Therapist(i), UserId = User(i) });
                    db.MemberClinics.Add(new() { NetworkId = Network, MemberId = Therapist(i), ClinicId = Clinic });
                }

                await db.SaveChangesAsync();
            }
        }

        var records = services.GetRequiredService<ClientRecords>();
        for (var i = 0; i < courses; i++) await records.AddAsync(Network, Client(i), new("Sam", $"Sample {i}", "Europe/London", "en-GB", $"sam{i}@example.org", true, null, false, true));
        await Parallel.ForAsync(0, courses, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
        {
            await DoAsync(i, therapistOf(i), new ReferCourse(Client(i), Therapist(therapistOf(i)), Clinic, "ipt-16", 1, "Referred by the run"), "refer");
            await DoAsync(i, therapistOf(i), new StartCourse(), "start");
        });
    }

    /// <summary>Carries a command out under an id that follows from <paramref name="occasion"/>.</summary>
    public async Task<(CommandId Id, CommandResult Result)> DoAsync(int course, int therapist, CourseCommand command, string occasion)
    {
        var id = TypedId.Derive<CommandId>(Course(course).Course.Value, occasion);
        RequestNetwork.Set(Network);
        return (id, await grains.GetOrAdd(course, i => services.GetRequiredService<IGrainFactory>().GetGrain<ICourseGrain>(Course(i).ToString())).ExecuteAsync(new(id, Me(therapist), command)));
    }
}
