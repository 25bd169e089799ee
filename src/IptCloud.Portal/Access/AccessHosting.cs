using System.Security.Claims;
using IptCloud.Data.Access;
using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using IptCloud.Domain.Networks;
using Microsoft.AspNetCore.Antiforgery;
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
        PendingSignIn.Add(services, options);
        services.AddIdentityCore<StaffUser>(o =>
        {
            o.User.RequireUniqueEmail = true;
            o.SignIn.RequireConfirmedEmail = true;
            o.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            // Length is what counts (ASVS V6.2.1): no rules of composition.
            o.Password.RequiredLength = 12;
            o.Password.RequiredUniqueChars = 0; // CommonPasswords asks for more, in better words
            o.Password.RequireDigit = o.Password.RequireLowercase = o.Password.RequireUppercase = o.Password.RequireNonAlphanumeric = false;
        }).AddSignInManager().AddEntityFrameworkStores<IptCloudDb>().AddPasswordValidator<CommonPasswords>();
        // OWASP's figure for PBKDF2 with SHA-512; a hash made with less is made anew at the next sign-in.
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = 210_000);
        services.AddPasskeys(options);
        services.ConfigureApplicationCookie(o => SignInCookie.Configure(o, options));
        services.Configure<SecurityStampValidatorOptions>(o =>
        {
            // Who is dismissed is out within a minute.
            o.ValidationInterval = TimeSpan.FromMinutes(1);
            o.OnRefreshingPrincipal = refresh =>
            {
                // The stores know nothing of what was chosen and shown at sign-in.
                if (refresh.NewPrincipal?.Identity is ClaimsIdentity identity)
                    identity.AddClaims((refresh.CurrentPrincipal?.Claims ?? []).Where(c => SignInClaims.Kept.Contains(c.Type)).Select(c => c.Clone()));
                return Task.CompletedTask;
            };
        });
        var member = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new MemberRequirement(Roles.None)).Build();
        var policies = services.AddAuthorizationBuilder();
        foreach (var (name, roles) in PortalPolicies.Demands) policies.AddPolicy(name, p => p.RequireAuthenticatedUser().AddRequirements(new MemberRequirement(roles)));
        policies
            .SetDefaultPolicy(member).SetFallbackPolicy(member)
            .AddPolicy(PortalPolicies.Person, p => p.RequireAuthenticatedUser().RequireClaim(SignInClaims.Factor))
            .AddPolicy(PortalPolicies.SetUp, p => p.RequireAuthenticatedUser());
        services.AddScoped<IAuthorizationHandler, MemberHandler>();
        services.AddScoped<SignedIn>();
        services.AddScoped<SignInSession>();
        services.AddScoped<PendingSignIn>();
        services.AddScoped<StaffSignIn>();
        services.AddScoped<AccountChanges>();
        services.AddScoped<PasswordReset>();
        services.TryAddSingleton<StaffLetters>();
        services.AddSingleton<ResetRequests>();
        services.AddHostedService(s => s.GetRequiredService<ResetRequests>());
        services.AddSingleton<IAntiforgeryAdditionalDataProvider, FormNetwork>();
        services.AddSingleton<SignInLimiter>();
    }
}
