using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Access;

/// <summary>One sign-in of a person in one browser (directory).</summary>
public sealed class SignInRow
{
    /// <summary>Its id; the cookie carries it.</summary>
    public Guid Id { get; set; }
    /// <summary>Who.</summary>
    public Guid UserId { get; set; }
    /// <summary>The network chosen; null before one is.</summary>
    public NetworkId? NetworkId { get; set; }
    /// <summary>When it began, by the system clock.</summary>
    public DateTimeOffset CreatedAt { get; set; }
    /// <summary>When it was last used, to the minute.</summary>
    public DateTimeOffset LastSeenAt { get; set; }
    /// <summary>The browser's family and system in words, such as "Firefox on Linux".</summary>
    public string Browser { get; set; } = "";
    /// <summary>The address it came from.</summary>
    public string Address { get; set; } = "";
    /// <summary>When it was ended; null while it may go on.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>A person's authenticator app (directory).</summary>
public sealed class AuthenticatorRow
{
    /// <summary>Whose.</summary>
    public Guid UserId { get; set; }
    /// <summary>The key as the key ring protects it.</summary>
    public byte[] Sealed { get; set; } = [];
    /// <summary>The time step of the last code that was accepted: no code of it or of an earlier one is accepted again.</summary>
    public long LastStep { get; set; }
    /// <summary>When it was set up, by the system clock.</summary>
    public DateTimeOffset AddedAt { get; set; }
}

/// <summary>A code that stands in once for a lost second factor (directory).</summary>
public sealed class RecoveryCodeRow
{
    /// <summary>Whose.</summary>
    public Guid UserId { get; set; }
    /// <summary>SHA-256 of the code, hexadecimal. Codes have 120 random bits: a slow hash would add nothing.</summary>
    public string CodeHash { get; set; } = "";
    /// <summary>When it was used.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}
