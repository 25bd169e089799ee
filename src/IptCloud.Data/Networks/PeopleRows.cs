using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;

namespace IptCloud.Data.Networks;

/// <summary>An invitation to a network. The letter's link leads to it; whether it still holds is decided here. System clock.</summary>
public sealed class InviteRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>Its id; the member it makes gets an id that follows from it.</summary>
    public Guid InviteId { get; set; }
    /// <summary>Who may accept it: only this address.</summary>
    public string Email { get; set; } = "";
    /// <summary>Shown to colleagues.</summary>
    public string Name { get; set; } = "";
    /// <summary>What the member will be.</summary>
    public Roles Roles { get; set; }
    /// <summary>The ids of the clinics, apart by spaces.</summary>
    public string Clinics { get; set; } = "";
    /// <summary>Who invites.</summary>
    public MemberId InvitedBy { get; set; }
    /// <summary>When the newest letter was queued.</summary>
    public DateTimeOffset SentAt { get; set; }
    /// <summary>From then on it cannot be accepted.</summary>
    public DateTimeOffset ExpiresAt { get; set; }
    /// <summary>When it was used: once.</summary>
    public DateTimeOffset? AcceptedAt { get; set; }
    /// <summary>When it was taken back.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>A colleague named to act for an absent therapist. Clinic clock.</summary>
public sealed class DeputyRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>Its id.</summary>
    public Guid DeputyId { get; set; }
    /// <summary>Who is away.</summary>
    public MemberId Absent { get; set; }
    /// <summary>Who acts.</summary>
    public MemberId Deputy { get; set; }
    /// <summary>From when.</summary>
    public DateTimeOffset FromAt { get; set; }
    /// <summary>From then on no longer.</summary>
    public DateTimeOffset UntilAt { get; set; }
    /// <summary>Why, in a line.</summary>
    public string Reason { get; set; } = "";
    /// <summary>Who named the deputy.</summary>
    public MemberId NamedBy { get; set; }
    /// <summary>When.</summary>
    public DateTimeOffset NamedAt { get; set; }
    /// <summary>When it was ended before its time; null if it was not.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>A sign-up whose e-mail address is not confirmed yet (directory). Its network is made when it is. System clock.</summary>
public sealed class SignUpRow
{
    /// <summary>Its id; the network's follows from it.</summary>
    public Guid Id { get; set; }
    /// <summary>The network to be.</summary>
    public string NetworkName { get; set; } = "";
    /// <summary>Who signs up.</summary>
    public string Name { get; set; } = "";
    /// <summary>Where the letter goes.</summary>
    public string Email { get; set; } = "";
    /// <summary>Hash of the password chosen; whoever confirms must know it.</summary>
    public string PasswordHash { get; set; } = "";
    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}
