using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Networks;

/// <summary>A user's membership, as it must be found before a network is known. Name, roles and clinics stand in the network.</summary>
public sealed class MembershipRow
{
    /// <summary>Who signs in.</summary>
    public Guid UserId { get; set; }
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>The membership.</summary>
    public MemberId MemberId { get; set; }
}

/// <summary>The network behind a secret that somebody brings along, such as a client's link. What it opens stands in the network.</summary>
public sealed class TokenRow
{
    /// <summary>SHA-256 of the token, hexadecimal.</summary>
    public string TokenHash { get; set; } = "";
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
}
