using System.Security.Claims;
using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using IptCloud.Domain.Networks;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IptCloud.Portal.Access;

/// <summary>Sign-in, cookies and policies of staff.</summary>
internal static class AccessHosting
{
    public static void AddStaffAccess(this IServiceCollection services, PortalOptions options)
    {
        services.TryAddScoped(p => p.GetRequiredService<Databases>().Make(DatabaseRole.Directory));
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddIdentityCore<StaffUser>(o =>
        {
            o.User.RequireUniqueEmail = true;
            o.Lockout.MaxFailedAccessAttempts = 5;
            o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            // Length is what counts (ASVS V6.2.1): no rules of composition.
            o.Password.RequiredLength = 12;
            o.Password.RequireDigit = o.Password.RequireLowercase = o.Password.RequireUppercase = o.Password.RequireNonAlphanumeric = false;
        }).AddSignInManager().AddEntityFrameworkStores<IptCloudDb>();
        services.ConfigureApplicationCookie(o => SignInCookie.Configure(o, options));
        services.Configure<SecurityStampValidatorOptions>(o =>
        {
            // Who is dismissed is out within a minute.
            o.ValidationInterval = TimeSpan.FromMinutes(1);
            o.OnRefreshingPrincipal = refresh =>
            {
                // The stores know nothing of the network chosen at sign-in.
                if (refresh.CurrentPrincipal?.FindFirst(SignedIn.NetworkClaim) is { } network && refresh.NewPrincipal?.Identity is ClaimsIdentity identity)
                    identity.AddClaim(network.Clone());
                return Task.CompletedTask;
            };
        });
        var member = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new MemberRequirement(Roles.None)).Build();
        var policies = services.AddAuthorizationBuilder();
        foreach (var (name, roles) in PortalPolicies.Demands) policies.AddPolicy(name, p => p.RequireAuthenticatedUser().AddRequirements(new MemberRequirement(roles)));
        policies
            .SetDefaultPolicy(member).SetFallbackPolicy(member)
            .AddPolicy(PortalPolicies.Person, p => p.RequireAuthenticatedUser());
        services.AddScoped<IAuthorizationHandler, MemberHandler>();
        services.AddScoped<SignedIn>();
        services.AddScoped<StaffSignIn>();
        services.AddSingleton<SignInLimiter>();
    }
}
