using System.Collections.Immutable;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using IptCloud.Portal;

namespace IptCloud.Host.Demo;

/// <summary>An invented clinic. The phone numbers are those that regulators keep free for fiction.</summary>
internal sealed record DemoClinic(string Code, string Name, string SenderName, string Zone, string Language, string Phone, string CrisisLines, string DutyLead)
{
    public ClinicId Id { get; } = TypedId.Derive<ClinicId>(DemoNetwork.Root, Code);
}

/// <summary>An invented member of staff.</summary>
internal sealed record DemoMember(string Code, string Name, string Role, Roles Roles, ImmutableArray<DemoClinic> Clinics)
{
    public MemberId Id { get; } = TypedId.Derive<MemberId>(DemoNetwork.Root, Code);

    public string Email => $"{Code}@northmere.example";

    public Actor Actor => new(ActorKind.Member, Id, Roles, [.. Clinics.Select(c => c.Id)]);
}

/// <summary>The demo network: who there is and who may sign in. Everybody in it is invented.</summary>
internal static class DemoNetwork
{
    public const string Name = "Northmere Talking Therapies";

    /// <summary>In the open on purpose: it opens invented records on a machine of one's own.</summary>
    public const string Password = "northmere-demo";

    /// <summary>Every id of the demo is derived from this one.</summary>
    public static readonly Guid Root = new("4d6f7274-6865-4d65-8e57-6974686f7574");

    public static readonly DemoClinic ElmStreet = new("elm-street", "Elm Street, London", "Elm Street", "Europe/London", "en-GB", "020 7946 0112",
        "Samaritans, day and night|116 123\nEmergency services|999", "margaret.ellis");

    public static readonly DemoClinic HarbourHouse = new("harbour-house", "Harbour House, New York", "Harbour House", "America/New_York", "en-US", "212-555-0148",
        "Suicide & Crisis Lifeline, day and night|988\nEmergency services|911", "grace.okafor");

    /// <summary>The member whose clients wait: nobody plays this one.</summary>
    public static readonly DemoMember Yours = new("anna.whitfield", "Dr Anna Whitfield", "Therapist, Elm Street. Yours to try: her clients wait for you", Roles.Therapist, [ElmStreet]);

    public static readonly DemoMember Supervisor = new("margaret.ellis", "Dr Margaret Ellis", "Supervisor of both clinics", Roles.Supervisor, [ElmStreet, HarbourHouse]);

    public static NetworkId Id { get; } = TypedId.Derive<NetworkId>(Root, "network");

    public static ImmutableArray<DemoClinic> Clinics { get; } = [ElmStreet, HarbourHouse];

    public static ImmutableArray<DemoMember> Members { get; } =
    [
        Yours,
        new("daniel.mbeki", "Daniel Mbeki", "Therapist, Elm Street", Roles.Therapist, [ElmStreet]),
        new("priya.raman", "Priya Raman", "Therapist, Elm Street", Roles.Therapist, [ElmStreet]),
        new("luis.ortega", "Dr Luis Ortega", "Therapist, Harbour House", Roles.Therapist, [HarbourHouse]),
        new("hannah.feld", "Hannah Feld", "Therapist, Harbour House", Roles.Therapist, [HarbourHouse]),
        new("grace.okafor", "Grace Okafor", "Therapist and duty lead, Harbour House", Roles.Therapist, [HarbourHouse]),
        Supervisor,
        new("nora.lindqvist", "Nora Lindqvist", "Owner: people, clinics, who saw which record", Roles.Owner | Roles.Admin, [ElmStreet, HarbourHouse]),
        new("tom.ferris", "Tom Ferris", "Scheduler, Elm Street: the diary", Roles.Scheduler, [ElmStreet]),
        new("sam.doyle", "Sam Doyle", "Operations: messages, jobs, the clinic clock", Roles.Ops, []),
    ];

    /// <summary>For the sign-in page.</summary>
    public static IReadOnlyList<DemoSignIn> SignIns { get; } = [.. Members.Select(m => new DemoSignIn(m.Name, m.Role, m.Email, Password))];

    /// <summary>The therapists of a clinic that act by themselves.</summary>
    public static ImmutableArray<DemoMember> Therapists(DemoClinic clinic) =>
        [.. Members.Where(m => m != Yours && m.Roles.HasFlag(Roles.Therapist) && m.Clinics.Contains(clinic))];

    public static DemoMember? Find(MemberId? member) => Members.FirstOrDefault(m => m.Id == member);

    public static DemoMember DutyLead(DemoClinic clinic) => Members.First(m => m.Code == clinic.DutyLead);
}
