using IptCloud.Data.Networks;
using IptCloud.Portal.Audit;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace IptCloud.Portal.Access;

/// <summary>Signing out.</summary>
internal static class SignOutEndpoint
{
    public static void MapSignOut(this IEndpointRouteBuilder app) => app.MapPost("/sign-out", async (HttpContext http, IAntiforgery antiforgery, SignInManager<StaffUser> manager, SignInSession session) =>
    {
        // Signed out already, by time or in another tab: the old page's token no longer fits, and there is nothing to protect.
        if (http.User.Identity?.IsAuthenticated == true && !await antiforgery.IsRequestValidAsync(http)) return Results.StatusCode(StatusCodes.Status419AuthenticationTimeout);
        if (http.User.Identity?.IsAuthenticated == true) http.RecordSignOut();
        await session.EndAsync();
        await manager.SignOutAsync();
        // Unsaved drafts that lie in this browser's storage go with the sign-in.
        http.Response.Headers["Clear-Site-Data"] = "\"storage\"";
        return Results.LocalRedirect("/sign-in?out=true");
    }).AllowAnonymous().DisableAntiforgery();
}
