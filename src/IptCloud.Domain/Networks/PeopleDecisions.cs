using System.Collections.Immutable;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Domain.Networks;

/// <summary>What a decision about a member needs, read in the transaction that changes them.</summary>
/// <param name="OpenCourses">Open courses that are theirs, by clinic.</param>
/// <param name="DutyLeadOf">Clinics whose duty lead they are.</param>
/// <param name="OtherOwners">Owners beside them who are not suspended.</param>
public sealed record PersonFacts(
    MemberId Id, Roles Roles, ImmutableArray<ClinicId> Clinics, bool IsSuspended,
    ImmutableDictionary<ClinicId, int> OpenCourses, ImmutableArray<ClinicId> DutyLeadOf, int OtherOwners);

/// <summary>Who may do what with the people of a network. Null: nothing stands against it.</summary>
public static class PeopleDecisions
{
    /// <summary>Roles that mean nothing without a clinic.</summary>
    public const Roles InClinics = Roles.Admin | Roles.Supervisor | Roles.Therapist | Roles.Scheduler;

    /// <summary>Who may be a clinic's duty lead: whoever reads its alerts.</summary>
    public const Roles DutyLeads = Roles.Therapist | Roles.Supervisor;

    /// <summary>True if the actor may change that member: an owner anybody, an admin those who work in the admin's clinics only.</summary>
    public static bool MayManage(Actor actor, Roles roles, ImmutableArray<ClinicId> clinics) =>
        AccessTable.Somewhere(Act.ChangeOwners, actor)
        || (AccessTable.Somewhere(Act.ManagePeople, actor) && (roles & (Roles.Owner | Roles.Ops)) == 0 && clinics.All(c => AccessTable.Allows(Act.ManagePeople, actor, new(c))));

    /// <summary>Invite somebody with these roles to these clinics.</summary>
    public static Refusal? Invite(Actor actor, Roles roles, ImmutableArray<ClinicId> clinics) => Give(actor, Roles.None, roles, clinics);

    /// <summary>Give a member other roles or clinics. <see cref="Roles.Ops"/> stays as it is.</summary>
    public static Refusal? Change(Actor actor, PersonFacts p, Roles roles, ImmutableArray<ClinicId> clinics)
    {
        if (!MayManage(actor, p.Roles, p.Clinics)) return PeopleRefusals.NotYours;
        if (Give(actor, p.Roles, roles, clinics) is { } refused) return refused;
        if ((p.Roles & Roles.Owner) != 0 && (roles & Roles.Owner) == 0 && p.OtherOwners == 0) return PeopleRefusals.LastOwner;
        var stuck = p.OpenCourses.Where(c => (roles & Roles.Therapist) == 0 || !clinics.Contains(c.Key)).Sum(c => c.Value);
        if (stuck > 0) return PeopleRefusals.OpenCourses(stuck);
        return p.DutyLeadOf.Any(c => !clinics.Contains(c) || (roles & DutyLeads) == 0) ? PeopleRefusals.DutyLead : null;
    }

    /// <summary>Shut a member out at once. Courses stay theirs until they are handed over; a clinic's alerts must go to somebody else before.</summary>
    public static Refusal? Suspend(Actor actor, PersonFacts p) => ShutOut(actor, p) ?? (p.DutyLeadOf.IsEmpty ? null : PeopleRefusals.DutyLead);

    private static Refusal? ShutOut(Actor actor, PersonFacts p) =>
        !MayManage(actor, p.Roles, p.Clinics) ? PeopleRefusals.NotYours
        : actor.Member == p.Id ? PeopleRefusals.Oneself
        : (p.Roles & Roles.Owner) != 0 && p.OtherOwners == 0 ? PeopleRefusals.LastOwner : null;

    /// <summary>Let a suspended member in again.</summary>
    public static Refusal? Lift(Actor actor, PersonFacts p) => MayManage(actor, p.Roles, p.Clinics) ? null : PeopleRefusals.NotYours;

    /// <summary>Take a member out of the network.</summary>
    public static Refusal? Remove(Actor actor, PersonFacts p) =>
        ShutOut(actor, p)
        ?? (p.OpenCourses.Values.Sum() is > 0 and var open ? PeopleRefusals.OpenCourses(open) : null)
        ?? (p.DutyLeadOf.IsEmpty ? null : PeopleRefusals.DutyLead);

    /// <summary>Name a colleague to act for an absent therapist.</summary>
    public static Refusal? Deputise(Actor actor, PersonFacts absent, PersonFacts deputy, DateTimeOffset from, DateTimeOffset until, DateTimeOffset now)
    {
        var shared = absent.Clinics.Where(c => deputy.Clinics.Contains(c)).ToList();
        return !shared.Any(c => AccessTable.Allows(Act.NameDeputy, actor, new(c))) || !AccessTable.Somewhere(Act.NameDeputy, actor) ? PeopleRefusals.NotYours
            : absent.Id == deputy.Id || (absent.Roles & Roles.Therapist) == 0 || (deputy.Roles & Roles.Therapist) == 0 || deputy.IsSuspended ? PeopleRefusals.NotADeputy
            : until <= from || until <= now ? PeopleRefusals.Until
            : until - from > LongestDeputising ? PeopleRefusals.TooLong : null;
    }

    /// <summary>An absence longer than this is a transfer.</summary>
    public static readonly TimeSpan LongestDeputising = TimeSpan.FromDays(92);

    private static Refusal? Give(Actor actor, Roles before, Roles roles, ImmutableArray<ClinicId> clinics)
    {
        var given = AccessTable.Given.Aggregate(Roles.None, (all, r) => all | r) | (before & Roles.Ops);
        if (!AccessTable.Somewhere(Act.ManagePeople, actor)) return PeopleRefusals.NotYours;
        if ((roles & ~given) != 0 || ((before ^ roles) & Roles.Ops) != 0) return PeopleRefusals.OpsByVerb;
        if (roles == Roles.None) return PeopleRefusals.NoRole;
        if (((before ^ roles) & Roles.Owner) != 0 && !AccessTable.Somewhere(Act.ChangeOwners, actor)) return PeopleRefusals.OwnersOnly;
        if ((roles & InClinics) != 0 && clinics.IsEmpty) return PeopleRefusals.NoClinic;
        return clinics.All(c => AccessTable.Allows(Act.ManagePeople, actor, new(c))) ? null : PeopleRefusals.OtherClinic;
    }
}
