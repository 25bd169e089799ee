using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace IptCloud.Portal.Access;

/// <summary>
/// A page left alone covers itself and ends the sign-in, so that opening another tab does not uncover it. A new sign-in of the
/// same person in the same network does; the page asks here, or hears it from the other tab.
/// </summary>
internal static class IdleLock
{
    public static void MapIdleLock(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/session", async (HttpContext http, SignedIn signedIn) =>
            await signedIn.FindAsync() is { } me && SignInClaims.SessionOf(http.User) is { } session
                ? Results.Json(new { person = me.Member.ToString(), network = me.Network.ToString(), session = session.ToString() })
                : Results.StatusCode(StatusCodes.Status401Unauthorized)).AllowAnonymous();
        app.MapPost("/api/lock", async (HttpContext http, IAntiforgery antiforgery, SignInSession session) =>
        {
            if (!await antiforgery.IsRequestValidAsync(http)) return Results.StatusCode(StatusCodes.Status419AuthenticationTimeout);
            // A newer sign-in in another tab is not this page's to end.
            if (session.Id is not { } id || (await http.Request.ReadFormAsync())["session"] != id.ToString()) return Results.NoContent();
            await session.EndAsync();
            await http.SignOutAsync(IdentityConstants.ApplicationScheme);
            return Results.NoContent();
        }).AllowAnonymous().DisableAntiforgery();
    }
}
