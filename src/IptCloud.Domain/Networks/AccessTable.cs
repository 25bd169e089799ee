using System.Collections.Immutable;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Domain.Networks;

/// <summary>Everything that a role can allow. Closed: what is not here nobody may do through the portal.</summary>
public enum Act
{
    /// <summary>Read a course and its client's record.</summary>
    ReadCourse,
    /// <summary>Change what a course holds.</summary>
    RunCourse,
    /// <summary>Hold, resume, close a follow-up, record a contact.</summary>
    OverseeCourse,
    /// <summary>Acknowledge and close an alert.</summary>
    AnswerAlert,
    /// <summary>Hand a course over.</summary>
    TransferCourse,
    /// <summary>Refer a client.</summary>
    ReferClient,
    /// <summary>See names and appointments.</summary>
    SeeDiary,
    /// <summary>Book, move, cancel; record attendance.</summary>
    KeepDiary,
    /// <summary>Set up clinics.</summary>
    ManageClinics,
    /// <summary>Invite, change, suspend and remove people.</summary>
    ManagePeople,
    /// <summary>Name a deputy for an absent therapist.</summary>
    NameDeputy,
    /// <summary>Make somebody an owner, or take it back.</summary>
    ChangeOwners,
    /// <summary>Read who saw and changed what.</summary>
    ReadAudit,
    /// <summary>See plan and seats.</summary>
    SeePlan,
    /// <summary>Change seats, subscribe, cancel.</summary>
    ChangePlan,
    /// <summary>Run the platform.</summary>
    RunPlatform,
}

/// <summary>How far a role's word reaches.</summary>
public enum AccessScope
{
    /// <summary>The member's own courses, in clinics where the role holds.</summary>
    Own,
    /// <summary>The clinics in which the role holds.</summary>
    Clinics,
    /// <summary>All of the network.</summary>
    Network,
    /// <summary>The platform beneath all networks; no record of any.</summary>
    Platform,
}

/// <summary>A role that may, and how far.</summary>
public sealed record Grant(Roles Role, AccessScope Scope);

/// <summary>One line of the table: an action, its words, and who may.</summary>
/// <param name="DutyLead">The clinic's duty lead may as well, by assignment and whatever their role.</param>
public sealed record AccessRow(Act Act, string Words, bool DutyLead, ImmutableArray<Grant> Grants);

/// <summary>Where an action would take place.</summary>
/// <param name="Therapist">Whose course it is; default if none.</param>
/// <param name="DutyLead">The clinic's.</param>
public readonly record struct Place(ClinicId Clinic, MemberId Therapist = default, MemberId? DutyLead = null);

/// <summary>The table of role × action. Decisions, pages, policies, the verb <c>access</c> and the README all read this one.</summary>
public static class AccessTable
{
    /// <summary>The roles, as the columns of the table.</summary>
    public static ImmutableArray<Roles> Columns { get; } = [Roles.Owner, Roles.Admin, Roles.Supervisor, Roles.Therapist, Roles.Scheduler, Roles.Billing, Roles.Ops];

    /// <summary>The roles that a network gives; <see cref="Roles.Ops"/> comes from a verb only.</summary>
    public static ImmutableArray<Roles> Given { get; } = [.. Columns.Remove(Roles.Ops)];

    /// <summary>Every action.</summary>
    public static ImmutableArray<AccessRow> Rows { get; } =
    [
        Row(Act.ReadCourse, "Read a course and its client’s record", (Roles.Therapist, AccessScope.Own), (Roles.Supervisor, AccessScope.Clinics)) with { DutyLead = true },
        Row(Act.RunCourse, "Run a course: plan, notes, inventory, homework, measures, ending", (Roles.Therapist, AccessScope.Own)),
        Row(Act.OverseeCourse, "Hold and resume a course, close a follow-up, record a contact", (Roles.Therapist, AccessScope.Own), (Roles.Supervisor, AccessScope.Clinics)),
        Row(Act.AnswerAlert, "Acknowledge and close a risk alert", (Roles.Therapist, AccessScope.Own), (Roles.Supervisor, AccessScope.Clinics)) with { DutyLead = true },
        Row(Act.TransferCourse, "Hand a course or a caseload over", (Roles.Therapist, AccessScope.Own), (Roles.Supervisor, AccessScope.Clinics), (Roles.Admin, AccessScope.Clinics), (Roles.Owner, AccessScope.Network)),
        Row(Act.ReferClient, "Refer a client", (Roles.Therapist, AccessScope.Clinics), (Roles.Supervisor, AccessScope.Clinics), (Roles.Admin, AccessScope.Clinics)),
        Row(Act.SeeDiary, "See clients’ names and appointments", (Roles.Therapist, AccessScope.Own), (Roles.Supervisor, AccessScope.Clinics), (Roles.Scheduler, AccessScope.Clinics)) with { DutyLead = true },
        Row(Act.KeepDiary, "Book, move and cancel sessions, record attendance", (Roles.Therapist, AccessScope.Own), (Roles.Scheduler, AccessScope.Clinics)),
        Row(Act.ManageClinics, "Set up clinics", (Roles.Owner, AccessScope.Network), (Roles.Admin, AccessScope.Clinics)),
        Row(Act.ManagePeople, "Invite, change, suspend and remove people", (Roles.Owner, AccessScope.Network), (Roles.Admin, AccessScope.Clinics)),
        Row(Act.NameDeputy, "Name a deputy for an absent therapist", (Roles.Owner, AccessScope.Network), (Roles.Supervisor, AccessScope.Clinics)),
        Row(Act.ChangeOwners, "Make or unmake an owner", (Roles.Owner, AccessScope.Network)),
        Row(Act.ReadAudit, "Read who saw and changed which record", (Roles.Owner, AccessScope.Network), (Roles.Admin, AccessScope.Network)),
        Row(Act.SeePlan, "See plan and seats", (Roles.Owner, AccessScope.Network), (Roles.Billing, AccessScope.Network)),
        Row(Act.ChangePlan, "Subscribe, change seats, pay, cancel", (Roles.Owner, AccessScope.Network), (Roles.Billing, AccessScope.Network)),
        Row(Act.RunPlatform, "Run the platform: messages, jobs, the clock", (Roles.Ops, AccessScope.Platform)),
    ];

    private static readonly ImmutableDictionary<Act, AccessRow> ByAct = Rows.ToImmutableDictionary(r => r.Act);

    /// <summary>The roles that may, somewhere.</summary>
    public static Roles RolesFor(Act act) => ByAct[act].Grants.Aggregate(Roles.None, (all, g) => all | g.Role);

    /// <summary>True if one of the actor's roles allows it somewhere: what a menu and a page's policy ask, before a place is known.</summary>
    public static bool Somewhere(Act act, Actor actor) => ActorIsMember(actor) && (actor.Roles & RolesFor(act)) != 0;

    /// <summary>True if one of the actor's roles, or an assignment, allows it there.</summary>
    public static bool Allows(Act act, Actor actor, Place place)
    {
        if (!ActorIsMember(actor)) return false;
        var row = ByAct[act];
        if (row.DutyLead && place.DutyLead is { } lead && actor.Member == lead) return true;
        foreach (var grant in row.Grants)
            if ((actor.Roles & grant.Role) != 0 && grant.Scope switch
            {
                AccessScope.Own => (actor.OnBehalfOf ?? actor.Member) == place.Therapist && actor.Clinics.Contains(place.Clinic),
                AccessScope.Clinics => actor.Clinics.Contains(place.Clinic),
                _ => true,
            }) return true;
        return false;
    }

    /// <summary>How far a role reaches, in words; null if it may not.</summary>
    public static string? Cell(AccessRow row, Roles role) => row.Grants.FirstOrDefault(g => g.Role == role)?.Scope switch
    {
        null => null,
        AccessScope.Own => "own courses",
        AccessScope.Clinics => "own clinics",
        AccessScope.Network => "network",
        _ => "platform",
    };

    private static bool ActorIsMember(Actor actor) => actor.Kind == ActorKind.Member && actor.Member is not null;

    private static AccessRow Row(Act act, string words, params ReadOnlySpan<(Roles Role, AccessScope Scope)> grants)
    {
        var all = ImmutableArray.CreateBuilder<Grant>();
        foreach (var (role, scope) in grants) all.Add(new(role, scope));
        return new(act, words, false, all.ToImmutable());
    }
}
