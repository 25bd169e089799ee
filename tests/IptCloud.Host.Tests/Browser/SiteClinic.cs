using System.Text.Json;
using IptCloud.Data.Access;
using IptCloud.Data.Keys;
using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Host.Browser;

/// <summary>A member of the clinic of a test.</summary>
public sealed record SiteMember(string Code, string Name, Roles Roles)
{
    public MemberId Id { get; } = TypedId.Derive<MemberId>(SiteClinic.Root, Code);

    public string Email => $"{Code}@clinic.example";

    public Guid UserId => TypedId.Derive<MemberId>(SiteClinic.Root, "user/" + Code).Value;

    /// <summary>What the member's authenticator app holds.</summary>
    public byte[] AppKey => [.. SiteClinic.Root.ToByteArray(), .. Id.Value.ToByteArray().AsSpan(0, 4)];

    public Actor Actor => Actor.Of(Id, Roles, SiteClinic.ClinicId);
}

/// <summary>One network with one clinic and seven people. Everybody is invented.</summary>
public static class SiteClinic
{
    public const string Zone = "Europe/London", Password = "a long enough password";

    public static readonly Guid Root = new("b2a1c9f4-52e6-4d0b-9a57-3c1f0e8d7a66");

    public static readonly SiteMember Therapist = new("siobhan", "Dr Siobhán Archer", Roles.Therapist);
    public static readonly SiteMember Colleague = new("tomasz", "Tomasz Lis", Roles.Therapist);
    public static readonly SiteMember Lead = new("ruth", "Ruth Okonkwo", Roles.Supervisor);
    public static readonly SiteMember Parting = new("bruno", "Bruno Kemp", Roles.Therapist);
    public static readonly SiteMember Owner = new("olive", "Olive Brandt", Roles.Owner | Roles.Admin);
    public static readonly SiteMember Scheduler = new("dinah", "Dinah Frost", Roles.Scheduler);
    public static readonly SiteMember Operator = new("kim", "Kim Doe", Roles.Ops);

    public static NetworkId NetworkId { get; } = TypedId.Derive<NetworkId>(Root, "network");
    public static ClinicId ClinicId { get; } = TypedId.Derive<ClinicId>(Root, "clinic");

    /// <summary>A Saturday morning, three weeks before British clocks go back.</summary>
    public static DateTimeOffset Opening { get; } = new(2026, 10, 3, 9, 0, 0, TimeSpan.FromHours(1));

    public static async Task PlantAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<Databases>().ReadAsync(NetworkId);
        db.Networks.Add(await services.GetRequiredService<NetworkKeys>().FoundAsync(new() { NetworkId = NetworkId, Name = "Wexcombe Network", Policy = JsonSerializer.Serialize(NetworkPolicy.Default) }));
        db.Clinics.Add(new()
        {
            NetworkId = NetworkId, ClinicId = ClinicId, Name = "Wexcombe Clinic", SenderName = "Wexcombe House", Zone = Zone, Phone = "020 7946 0155",
            CrisisLines = "Samaritans, day and night|116 123\nEmergency services|999", DutyLead = Lead.Id,
        });
        await db.SaveChangesAsync();
        await PlantAsync(services, Therapist, Colleague, Parting, Lead, Owner, Scheduler, Operator);
    }

    /// <summary>More people.</summary>
    public static async Task PlantAsync(IServiceProvider services, params IReadOnlyList<SiteMember> members)
    {
        await using var db = await services.GetRequiredService<Databases>().ReadAsync(NetworkId);
        foreach (var member in members)
        {
            await RegisterAsync(services, member);
            db.Members.Add(new() { NetworkId = NetworkId, MemberId = member.Id, UserId = member.UserId, Name = member.Name, Email = member.Email, Roles = member.Roles });
            db.Memberships.Add(new() { NetworkId = NetworkId, MemberId = member.Id, UserId = member.UserId });
            db.MemberClinics.Add(new() { NetworkId = NetworkId, MemberId = member.Id, ClinicId = ClinicId });
        }

        await db.SaveChangesAsync();
    }

    /// <summary>Gives somebody an account with both factors and no network.</summary>
    public static async Task RegisterAsync(IServiceProvider services, SiteMember member)
    {
        await using var scope = services.CreateAsyncScope();
        using var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffUser>>();
        StaffUser user = new() { Id = member.UserId, UserName = member.Email, Email = member.Email, EmailConfirmed = true };
        Assert.True((await users.CreateAsync(user, Password)).Succeeded);
        await services.GetRequiredService<SecondFactors>().SetAuthenticatorAsync(user.Id, member.AppKey, 0);
    }
}
