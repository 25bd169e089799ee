using System.Globalization;
using IptCloud.Data.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Portal.Access;

/// <summary>The sign-in cookie: half an hour idle, half a day in all.</summary>
internal static class SignInCookie
{
    private const string SignedInAt = "ipt.signed-in-at";
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    /// <summary>How long after signing in a person may change what signs them in.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    // How long an ended sign-in may still open pages.
    private static readonly TimeSpan Unseen = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>The properties of a new sign-in; sliding renewal keeps them, so the first instant stays known.</summary>
    public static AuthenticationProperties Begin(DateTimeOffset now) =>
        new() { IsPersistent = false, Items = { [SignedInAt] = now.ToString("O", CultureInfo.InvariantCulture) } };

    /// <summary>When the sign-in ends whatever the member does.</summary>
    public static DateTimeOffset? EndOf(AuthenticationProperties properties) => BegunAt(properties) + Longest;

    /// <summary>When the person last showed who they are.</summary>
    public static DateTimeOffset? BegunAt(AuthenticationProperties properties) =>
        properties.Items.TryGetValue(SignedInAt, out var text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : null;

    public static void Configure(CookieAuthenticationOptions o, PortalOptions options)
    {
        o.Cookie.Name = options.IsHttps ? "__Host-ipt" : "ipt";
        o.Cookie.HttpOnly = true;
        o.Cookie.SecurePolicy = PortalHosting.Secure(options);
        // Lax: a colleague's link from a mail opens signed in; every change needs the strict form token as well.
        o.Cookie.SameSite = SameSiteMode.Lax;
        o.ExpireTimeSpan = Idle;
        o.SlidingExpiration = true;
        o.LoginPath = "/sign-in";
        o.ReturnUrlParameter = "return";
        var checkStamp = o.Events.OnValidatePrincipal;
        o.Events.OnValidatePrincipal = async context =>
        {
            var services = context.HttpContext.RequestServices;
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            if (EndOf(context.Properties) is not { } end || now >= end || SignInClaims.SessionOf(context.Principal) is not { } session)
            {
                context.RejectPrincipal();
                return;
            }

            // Asked as often as the security stamp: the cookie issued after it counts the minute anew.
            if (context.Properties.IssuedUtc is { } issued && now - issued <= Unseen) return;
            if (await services.GetRequiredService<StaffSessions>().TouchAsync(session)) await checkStamp(context);
            else context.RejectPrincipal();
        };
        o.Events.OnRedirectToLogin = ChallengeAsync;
        o.Events.OnRedirectToAccessDenied = context =>
        {
            if (context.HttpContext.User.HasClaim(c => c.Type == SignedIn.NetworkClaim) || PortalErrors.IsForScript(context.HttpContext))
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
            else context.Response.Redirect(SignInClaims.HasFactor(context.HttpContext.User) ? "/sign-in/network" : "/account/set-up");
            return Task.CompletedTask;
        };
    }

    // A page leads to the sign-in page and back. A form does not: its text would be lost on the way.
    private static async Task ChallengeAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        if (PortalErrors.IsForClient(http))
        {
            // A client has nothing to sign in to.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (HttpMethods.IsGet(http.Request.Method) && !PortalErrors.IsForScript(http))
        {
            // A path only: the address made by the framework repeats the Host header.
            context.Response.Redirect(new Uri(context.RedirectUri).PathAndQuery);
            return;
        }

        if (!PortalErrors.IsForScript(http)) await TypedText.KeepAsync(http);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
    }
}
