namespace IptCloud.Domain.Tests;

/// <summary>A clinic with its people, the same in every test.</summary>
public static class Clinic
{
    public const string London = "Europe/London";
    public const string NewYork = "America/New_York";

    public static readonly ClinicId Here = Id<ClinicId>("here");
    public static readonly ClinicId Elsewhere = Id<ClinicId>("elsewhere");
    public static readonly ClientId Sam = Id<ClientId>("sam");
    public static readonly MemberId TherapistId = Id<MemberId>("therapist");
    public static readonly MemberId ColleagueId = Id<MemberId>("colleague");
    public static readonly MemberId DutyLeadId = Id<MemberId>("duty lead");

    public static readonly Actor Therapist = Actor.Of(TherapistId, Roles.Therapist, Here);
    public static readonly Actor Colleague = Actor.Of(ColleagueId, Roles.Therapist, Here);
    public static readonly Actor DutyLead = Actor.Of(DutyLeadId, Roles.Therapist, Here);
    public static readonly Actor Supervisor = Actor.Of(Id<MemberId>("supervisor"), Roles.Supervisor, Here);
    public static readonly Actor Admin = Actor.Of(Id<MemberId>("admin"), Roles.Admin, Here);
    public static readonly Actor Owner = Actor.Of(Id<MemberId>("owner"), Roles.Owner);
    public static readonly Actor Scheduler = Actor.Of(Id<MemberId>("scheduler"), Roles.Scheduler, Here);
    public static readonly Actor Billing = Actor.Of(Id<MemberId>("billing"), Roles.Billing, Here);
    public static readonly Actor Deputy = Actor.Of(Id<MemberId>("deputy"), Roles.Therapist, Here) with { OnBehalfOf = TherapistId };
    public static readonly Actor FormerDeputy = Actor.Of(Id<MemberId>("former deputy"), Roles.Therapist, Here) with { OnBehalfOf = TherapistId };
    public static readonly Actor ComingDeputy = Actor.Of(Id<MemberId>("coming deputy"), Roles.Therapist, Here) with { OnBehalfOf = TherapistId };
    public static readonly Actor Pretender = Actor.Of(Id<MemberId>("pretender"), Roles.Therapist, Here) with { OnBehalfOf = TherapistId };
    public static readonly Actor Ops = Actor.Of(Id<MemberId>("ops"), Roles.Ops, Here);
    public static readonly Actor Stranger = Actor.Of(Id<MemberId>("stranger"), Roles.Therapist | Roles.Supervisor | Roles.Admin | Roles.Ops | Roles.Scheduler | Roles.Billing, Elsewhere);
    public static readonly Actor MovedAway = Actor.Of(TherapistId, Roles.Therapist, Elsewhere);
    public static readonly Actor Client = Actor.Client;
    public static readonly Actor Worker = Actor.System;

    /// <summary>The clinic while its therapist is away: one deputy now, one before, one to come.</summary>
    public static ClinicFacts WithDeputies(DateTimeOffset now) => Facts() with
    {
        Deputies =
        [
            new(TherapistId, Deputy.Member!.Value, now.AddDays(-1), now.AddDays(1)), new(TherapistId, FormerDeputy.Member!.Value, now.AddDays(-9), now),
            new(TherapistId, ComingDeputy.Member!.Value, now.AddSeconds(1), now.AddDays(9)),
        ],
    };

    /// <summary>The same id for the same name, so that a failure reads the same every time.</summary>
    public static TId Id<TId>(string name) where TId : struct, ITypedId<TId> => TypedId.Derive<TId>(Guid.Empty, $"{typeof(TId).Name}/{name}");

    public static ClinicFacts Facts(string zone = London) => new(Here, zone, DutyLeadId, [TherapistId, ColleagueId, DutyLeadId]);

    public static TheoryData<string, int> Protocols()
    {
        var all = new TheoryData<string, int>();
        foreach (var p in Catalog.Current.Protocols) all.Add(p.Id, p.Version);
        return all;
    }
}
