using System.Collections.Immutable;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Domain.Networks;

/// <summary>What a member may do; a member can hold several.</summary>
[Flags]
public enum Roles
{
    /// <summary>No role.</summary>
    None = 0,
    /// <summary>Runs courses of their own.</summary>
    Therapist = 1,
    /// <summary>Reads courses of their clinics, answers alerts, transfers courses.</summary>
    Supervisor = 2,
    /// <summary>Sets up clinics and people; sees no clinical content.</summary>
    Admin = 4,
    /// <summary>Platform operations: jobs, mailbox, clock; sees no clinical content. Granted by a verb, never by a network.</summary>
    Ops = 8,
    /// <summary>Answers for the network: its owners, its people, its clinics; sees no clinical content.</summary>
    Owner = 16,
    /// <summary>Keeps the diaries of their clinics: names and appointments, no clinical content.</summary>
    Scheduler = 32,
    /// <summary>Sees the plan and the seats, and nothing else.</summary>
    Billing = 64,
}

/// <summary>Who stands behind a change.</summary>
public enum ActorKind
{
    /// <summary>The worker, acting by a rule of the network's policy.</summary>
    System,
    /// <summary>A member of the network, signed in.</summary>
    Member,
    /// <summary>The client, through a one-time link.</summary>
    Client,
}

/// <summary>A validated identity, made at the edge (page, link or job) and checked again by every decision.</summary>
/// <param name="Kind">What kind of actor this is.</param>
/// <param name="Member">The member; null unless <see cref="ActorKind.Member"/>.</param>
/// <param name="Roles">The member's roles in this network.</param>
/// <param name="Clinics">The clinics the roles hold in.</param>
/// <param name="OnBehalfOf">The member for whom this one acts, if any; both are recorded.</param>
[GenerateSerializer, Immutable, Alias("ipt.networks.actor")]
public sealed record Actor(ActorKind Kind, MemberId? Member, Roles Roles, ImmutableArray<ClinicId> Clinics, MemberId? OnBehalfOf = null)
{
    /// <summary>The absent members for whom this one may act at the moment: lists show their courses too. A decision asks the clinic's facts instead.</summary>
    [Id(0)]
    public ImmutableArray<MemberId> ActsFor { get; init; } = [];

    /// <summary>The worker.</summary>
    public static Actor System { get; } = new(ActorKind.System, null, Roles.None, []);

    /// <summary>The client behind a valid link.</summary>
    public static Actor Client { get; } = new(ActorKind.Client, null, Roles.None, []);

    /// <summary>A signed-in member.</summary>
    public static Actor Of(MemberId member, Roles roles, params ReadOnlySpan<ClinicId> clinics) => new(ActorKind.Member, member, roles, [.. clinics]);

    /// <summary>What the journal keeps of the actor: <c>member:…</c>, <c>client</c> or <c>system</c>.</summary>
    public string Reference => Kind switch
    {
        ActorKind.Member => $"member:{Member}",
        ActorKind.Client => "client",
        _ => "system",
    };

    /// <summary>True if the member holds the role in that clinic.</summary>
    public bool Holds(Roles role, ClinicId clinic) => Kind == ActorKind.Member && (Roles & role) != 0 && Clinics.Contains(clinic);
}
