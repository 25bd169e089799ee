using System.Security.Claims;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Portal.Access;

/// <summary>What the sign-in cookie says beside who it is.</summary>
internal static class SignInClaims
{
    /// <summary>The sign-in's id in the directory.</summary>
    public const string Session = "ipt.session";

    /// <summary>How the second factor was shown: see the values below. Without it, only the pages that set one up open.</summary>
    public const string Factor = "ipt.factor";

    /// <summary>Present if the person has more networks than this one.</summary>
    public const string Many = "ipt.many";

    /// <summary>A passkey, which the device opens by itself with a PIN or a finger: two factors in one.</summary>
    public const string ByPasskey = "passkey";

    /// <summary>Password and a code of an authenticator app.</summary>
    public const string ByApp = "app";

    /// <summary>Password and a recovery code.</summary>
    public const string ByRecoveryCode = "recovery";

    /// <summary>None: a member of the demo only.</summary>
    public const string ByDemo = "demo";

    /// <summary>Those that Identity's stores do not know and a refreshed cookie must keep.</summary>
    public static readonly string[] Kept = [SignedIn.NetworkClaim, Session, Factor, Many];

    public static Guid? UserOf(ClaimsPrincipal? person) => Guid.TryParse(person?.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    public static Guid? SessionOf(ClaimsPrincipal? person) => Guid.TryParse(person?.FindFirstValue(Session), out var id) ? id : null;

    public static NetworkId? NetworkOf(ClaimsPrincipal? person) => TypedId.TryParse<NetworkId>(person?.FindFirstValue(SignedIn.NetworkClaim), out var network) ? network : null;

    public static bool HasFactor(ClaimsPrincipal? person) => person?.HasClaim(c => c.Type == Factor) == true;
}
