using System.Globalization;
using IptCloud.Data.Networks;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Portal.Access;

/// <summary>Passkeys: how they are asked for, and the two addresses from which our script fetches a challenge.</summary>
internal static class Passkeys
{
    public static void AddPasskeys(this IServiceCollection services, PortalOptions options)
    {
        services.Configure<IdentityPasskeyOptions>(o =>
        {
            // The public address decides, never the Host header, which the other side writes.
            o.ServerDomain = options.PublicUrl?.Host ?? "localhost";
            o.UserVerificationRequirement = "required";
            // Found without a typed name: the browser offers it in the e-mail field.
            o.ResidentKeyRequirement = "required";
            o.AuthenticatorTimeout = TimeSpan.FromMinutes(5);
            o.ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && IsOurs(asked.Origin, options));
        });
        // Between challenge and answer Identity keeps the challenge in this cookie.
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, o =>
        {
            o.Cookie.Name = options.IsHttps ? "__Host-ipt-passkey" : "ipt-passkey";
            o.Cookie.SecurePolicy = PortalHosting.Secure(options);
            o.Cookie.SameSite = SameSiteMode.Strict;
        });
    }

    public static void MapPasskeys(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/passkeys/request", async (HttpContext http, IAntiforgery antiforgery, SignInManager<StaffUser> manager) =>
            await antiforgery.IsRequestValidAsync(http)
                // For nobody in particular: the answer must not tell whether an account exists.
                ? Results.Content(await manager.MakePasskeyRequestOptionsAsync(null), "application/json")
                : Results.StatusCode(StatusCodes.Status419AuthenticationTimeout)).AllowAnonymous().DisableAntiforgery();
        app.MapPost("/api/passkeys/creation", async (HttpContext http, IAntiforgery antiforgery, SignInManager<StaffUser> manager, SignInSession session) =>
        {
            if (!await antiforgery.IsRequestValidAsync(http)) return Results.StatusCode(StatusCodes.Status419AuthenticationTimeout);
            if (await session.PersonAsync() is not { } user) return Results.StatusCode(StatusCodes.Status401Unauthorized);
            if (!await session.IsFreshAsync()) return Results.StatusCode(StatusCodes.Status403Forbidden);
            var name = user.Email ?? user.Id.ToString("D", CultureInfo.InvariantCulture);
            return Results.Content(await manager.MakePasskeyCreationOptionsAsync(new() { Id = user.Id.ToString(), Name = name, DisplayName = name }), "application/json");
        }).RequireAuthorization(PortalPolicies.SetUp).DisableAntiforgery();
    }

    private static bool IsOurs(string origin, PortalOptions options) => options.PublicUrl is { } ours && Uri.TryCreate(origin, UriKind.Absolute, out var its)
        && Uri.Compare(its, ours, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
