using IptCloud.Data.Networks;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Identifiers;
using IptCloud.Portal.Telemetry;
using Microsoft.AspNetCore.Http;

namespace IptCloud.Portal.Audit;

/// <summary>Sign-ins as the audit keeps them. What was typed is never part of it.</summary>
internal static class SignInRecords
{
    /// <summary>
    /// A sign-in: in the network that was entered; a failure in every network that the account belongs to, so that each sees who
    /// tried; and of an account that does not exist, or belongs nowhere, in the platform's chain.
    /// </summary>
    /// <param name="user">The account; null if there is none.</param>
    /// <param name="failure">One of the codes below; null: it succeeded.</param>
    /// <param name="network">The network that was entered.</param>
    public static async Task RecordSignInAsync(this IHttpContextAccessor http, NetworkDirectory directory, Guid? user, string? failure, NetworkId? network = null)
    {
        PortalMetrics.SignedIn(failure);
        if (http.Audit() is not { } audit) return;
        // As many look-ups for an account that does not exist, so that the answer takes as long.
        var id = user ?? Guid.Empty;
        IEnumerable<NetworkId> networks = network is { } entered ? [entered] : await directory.NetworksOfAsync(id);
        foreach (var one in networks.DefaultIfEmpty(AuditEntry.Platform))
        {
            var member = await directory.MembershipAsync(id, one);
            audit.Add(new(AuditActions.SignIn, failure is null or ChooseNetwork ? AuditOutcome.Done : AuditOutcome.Denied)
            {
                Network = one,
                Actor = member is not null ? AuditActor.Of(member.Actor, user) : new(null, User: user),
                Detail = failure,
            });
        }
    }

    /// <summary>A sign-out. It must succeed even while the audit is away: nobody may be kept signed in.</summary>
    public static void RecordSignOut(this HttpContext http)
    {
        var audit = RequestAudit.Of(http);
        audit.MayFail = true;
        audit.Add(new(AuditActions.SignOut, AuditOutcome.Done));
    }

    /// <summary>Signed in; which of several networks is still to be chosen.</summary>
    public const string ChooseNetwork = "choose";

    /// <summary>Wrong, unknown or locked.</summary>
    public const string Refused = "refused";

    /// <summary>Right, but every network of the account has suspended it.</summary>
    public const string Suspended = "suspended";

    /// <summary>Too many attempts.</summary>
    public const string TooMany = "too-many";

    /// <summary>The password was right; nothing opens before a second factor is set up.</summary>
    public const string NoFactor = "no-factor";
}
