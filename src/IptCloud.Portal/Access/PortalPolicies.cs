using IptCloud.Domain.Networks;
using Microsoft.AspNetCore.Authorization;

namespace IptCloud.Portal.Access;

/// <summary>The policies of endpoints. Without any of them an endpoint demands a signed-in member: that is the fallback.</summary>
public static class PortalPolicies
{
    /// <summary>Members with the role <see cref="Roles.Ops"/>.</summary>
    public const string Ops = "ops";

    /// <summary>A person who signed in with a second factor, before a network is chosen.</summary>
    public const string Person = "person";

    /// <summary>A person whose password was right and who has no second factor yet: the pages that set one up, and only those.</summary>
    public const string SetUp = "set-up";
}

/// <summary>Demands a membership, with a role if one is named.</summary>
internal sealed record MemberRequirement(Roles Role) : IAuthorizationRequirement;

/// <summary>Asks the membership as it is now, not the cookie: a role taken away is gone at once.</summary>
internal sealed class MemberHandler(SignedIn signedIn) : AuthorizationHandler<MemberRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, MemberRequirement requirement)
    {
        if (await signedIn.FindAsync() is { } m && (requirement.Role == Roles.None || (m.Roles & requirement.Role) != 0)) context.Succeed(requirement);
    }
}
