using IptCloud.Domain.Networks;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace IptCloud.Portal.Access;

/// <summary>
/// The policies of endpoints. Without any of them an endpoint demands a signed-in member: that is the fallback. A policy
/// demands a role that may take an action of <see cref="AccessTable"/> somewhere; where, is for the page and the decision.
/// </summary>
public static class PortalPolicies
{
    /// <summary>See <see cref="Act.RunPlatform"/>.</summary>
    public const string Ops = "ops";

    /// <summary>See <see cref="Act.ReadAudit"/>.</summary>
    public const string Audit = "audit";

        /// <summary>A person who signed in with a second factor, before a network is chosen.</summary>
    public const string Person = "person";

    /// <summary>A person whose password was right and who has no second factor yet: the pages that set one up, and only those.</summary>
    public const string SetUp = "set-up";

    /// <summary>See <see cref="Act.ManagePeople"/> and <see cref="Act.NameDeputy"/>.</summary>
    public const string People = "people";

    /// <summary>See <see cref="Act.ManagePeople"/>.</summary>
    public const string ManagePeople = "manage-people";

    /// <summary>See <see cref="Act.NameDeputy"/>.</summary>
    public const string NameDeputy = "name-deputy";

    /// <summary>See <see cref="Act.TransferCourse"/>.</summary>
    public const string TransferCourse = "transfer-course";

    /// <summary>See <see cref="Act.ManageClinics"/>.</summary>
    public const string ManageClinics = "manage-clinics";

    /// <summary>See <see cref="Act.SeePlan"/>.</summary>
    public const string SeePlan = "see-plan";

    /// <summary>See <see cref="Act.ChangePlan"/>.</summary>
    public const string ChangePlan = "change-plan";

    /// <summary>See <see cref="Act.KeepDiary"/>: of a clinic, as a scheduler does.</summary>
    public const string KeepDiary = "keep-diary";

    /// <summary>Each policy with the roles of which one is demanded.</summary>
    internal static IReadOnlyDictionary<string, Roles> Demands { get; } = new Dictionary<string, Roles>
    {
        [Ops] = AccessTable.RolesFor(Act.RunPlatform),
        [People] = AccessTable.RolesFor(Act.ManagePeople) | AccessTable.RolesFor(Act.NameDeputy),
        [ManagePeople] = AccessTable.RolesFor(Act.ManagePeople),
        [NameDeputy] = AccessTable.RolesFor(Act.NameDeputy),
        [TransferCourse] = AccessTable.RolesFor(Act.TransferCourse),
        [ManageClinics] = AccessTable.RolesFor(Act.ManageClinics),
        [Audit] = AccessTable.RolesFor(Act.ReadAudit),
        [SeePlan] = AccessTable.RolesFor(Act.SeePlan),
        [ChangePlan] = AccessTable.RolesFor(Act.ChangePlan),
        // Therapists keep their own diary on the pages of their courses.
        [KeepDiary] = AccessTable.RolesFor(Act.KeepDiary) & ~Roles.Therapist,
    };
}

/// <summary>Demands a membership, with one of these roles if any are named.</summary>
internal sealed record MemberRequirement(Roles Role) : IAuthorizationRequirement;

/// <summary>Asks the membership as it is now, not the cookie: a role taken away is gone at once, and so is a suspended member.</summary>
internal sealed class MemberHandler(SignedIn signedIn, IHttpContextAccessor http) : AuthorizationHandler<MemberRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, MemberRequirement requirement)
    {
        if (await signedIn.FindAsync() is { } m)
        {
            if (requirement.Role == Roles.None || (m.Roles & requirement.Role) != 0) context.Succeed(requirement);
        }
        else if (http.HttpContext is { } request && SignInClaims.NetworkOf(request.User) is not null && SignInClaims.HasFactor(request.User)) request.Items[typeof(ErrorWords)] = ErrorWords.NoMember;
    }
}
