using IptCloud.Data.Clients;
using IptCloud.Data.Networks;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Clients;

/// <summary>What a member may choose from when referring a client. What is not in here is not accepted either.</summary>
/// <param name="Therapists">By option value.</param>
/// <param name="Zone">The zone a new client most likely lives in.</param>
internal sealed record ReferralChoices(
    IReadOnlyDictionary<string, (ClinicId Clinic, MemberId Member)> Therapists, IReadOnlyList<Choice> TherapistOptions,
    IReadOnlyDictionary<string, ClientId> Clients, IReadOnlyList<Choice> ClientOptions, string Zone)
{
    /// <summary>The option of the member's own, if they are a therapist.</summary>
    public string? Own(MemberId me) => Therapists.Where(t => t.Value.Member == me).Select(t => t.Key).FirstOrDefault();

    public static async Task<ReferralChoices> LoadAsync(Membership me, NetworkDirectory directory, ClientAccess access)
    {
        var clinics = (await directory.ClinicsAsync(me.Network)).Where(c => AccessTable.Allows(Act.ReferClient, me.Actor, new(c.Id))).ToList();
        var colleagues = await directory.ColleaguesAsync(me.Network);
        var therapists = (from clinic in clinics
                          from c in colleagues
                          where (c.Roles & Roles.Therapist) != 0 && c.Clinics.Contains(clinic.Id)
                          select (Key: ReferralForm.Key(clinic.Id, c.Id), Clinic: clinic.Id, c.Id, Label: clinics.Count == 1 ? c.Name : $"{c.Name}, {clinic.Name}")).ToList();
        var clients = clinics.Count == 0 ? [] : await access.ReferableAsync(me.Network, me.Actor);
        return new(
            therapists.ToDictionary(t => t.Key, t => (t.Clinic, t.Id)), [.. therapists.Select(t => new Choice(t.Key, t.Label))],
            clients.ToDictionary(c => c.Id.ToString(), c => c.Id), [.. clients.Select(c => new Choice(c.Id.ToString(), c.Name))],
            clinics.FirstOrDefault()?.Zone ?? "");
    }
}
