using IptCloud.Data.Billing;
using IptCloud.Domain.Billing;
using IptCloud.Domain.Networks;
using IptCloud.Portal.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Portal.Billing;

/// <summary>A network whose first payment never came, and which has no record yet, sees billing and the reader's account; nothing else.</summary>
internal static class StandingGate
{
    private static readonly string[] Open = ["/network/plan", "/account", "/sign-in", "/sign-out", "/api", "/help", "/privacy", "/accessibility", "/webhooks", "/t", "/ops", "/_content", "/_framework"];

    public static void UseStandingGate(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        // Whoever may not see the plan could do nothing there: they are told by what they try.
        if (http.GetEndpoint() is not null && !Open.Any(o => http.Request.Path.StartsWithSegments(o)) && SignInClaims.NetworkOf(http.User) is { } network
            && await http.RequestServices.GetRequiredService<Subscriptions>().EntitlementAsync(network, http.RequestAborted) == Entitlement.BillingOnly
            && await http.RequestServices.GetRequiredService<SignedIn>().FindAsync() is { } me && AccessTable.Somewhere(Act.SeePlan, me.Actor))
        {
            http.Response.Redirect("/network/plan");
            return;
        }

        await next(http);
    });
}
