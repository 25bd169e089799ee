using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using Microsoft.AspNetCore.Identity;

namespace IptCloud.Data.Networks;

/// <summary>A person who can sign in. What they may do follows from their memberships only.</summary>
public sealed class StaffUser : IdentityUser<Guid>;

/// <summary>A clinic network.</summary>
public sealed class NetworkRow : INetworkRow
{
    /// <summary>The tenant.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>Its name, shown to staff only.</summary>
    public string Name { get; set; } = "";
    /// <summary>Its policy as JSON; see <see cref="NetworkPolicy"/>.</summary>
    public string Policy { get; set; } = "";
    /// <summary>32 random bytes from which clients' links are derived, sealed.</summary>
    public byte[] LinkKey { get; set; } = [];
    /// <summary>Which data key the link key is sealed with; 0 = not sealed.</summary>
    public int KeyVersion { get; set; }
    /// <summary>True for the seeded demo network.</summary>
    public bool IsDemo { get; set; }
    /// <summary>The protocol that a referral proposes; null until one is chosen.</summary>
    public string? ProtocolId { get; set; }
    /// <summary>When the trial ends, by the payment service's clock; null before it began.</summary>
    public DateTimeOffset? TrialEndsAt { get; set; }
    /// <summary>When it was told that the trial ends soon, by the same clock; null: not yet.</summary>
    public DateTimeOffset? TrialToldAt { get; set; }
}

/// <summary>A clinic.</summary>
public sealed class ClinicRow : INetworkRow
{
    /// <summary>Its network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>Its id.</summary>
    public ClinicId ClinicId { get; set; }
    /// <summary>Its name, shown to staff only.</summary>
    public string Name { get; set; } = "";
    /// <summary>The neutral name that clients see as sender: it must not disclose the service.</summary>
    public string SenderName { get; set; } = "";
    /// <summary>Street and town, shown to staff only; empty if not given.</summary>
    public string Address { get; set; } = "";
    /// <summary>IANA zone.</summary>
    public string Zone { get; set; } = "";
    /// <summary>Number that clients may call back.</summary>
    public string Phone { get; set; } = "";
    /// <summary>Crisis help shown to clients, one line each: "words|number".</summary>
    public string CrisisLines { get; set; } = "";
    /// <summary>Told of every alert beside the therapist.</summary>
    public MemberId? DutyLead { get; set; }
}

/// <summary>A person's membership of one network.</summary>
public sealed class MemberRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>The membership.</summary>
    public MemberId MemberId { get; set; }
    /// <summary>Who signs in.</summary>
    public Guid UserId { get; set; }
    /// <summary>Shown to colleagues.</summary>
    public string Name { get; set; } = "";
    /// <summary>Where alerts are announced.</summary>
    public string Email { get; set; } = "";
    /// <summary>What the member may do in the clinics listed for it.</summary>
    public Roles Roles { get; set; }
    /// <summary>Since when the member may do nothing, by the system clock; null: a member in good standing.</summary>
    public DateTimeOffset? SuspendedAt { get; set; }
    /// <summary>When the member left. The row stays, so that history keeps their name.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
    /// <summary>Demo: scripted, acts by itself as time passes.</summary>
    public bool IsScripted { get; set; }
}

/// <summary>One clinic of a member.</summary>
public sealed class MemberClinicRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>The member.</summary>
    public MemberId MemberId { get; set; }
    /// <summary>The clinic.</summary>
    public ClinicId ClinicId { get; set; }
}
