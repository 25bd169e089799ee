using System.Text;
using IptCloud.Contracts.Billing;
using IptCloud.Portal.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Portal.Billing;

/// <summary>What the payment service calls, and where it sends people back to.</summary>
internal static class BillingEndpoints
{
    // The largest events are invoices with many lines; whoever sends more is not the payment service.
    private const int MostBytes = 1 << 20;

    public static void MapBilling(this IEndpointRouteBuilder app)
    {
        app.MapPost("/webhooks/stripe", ReceiveAsync).AllowAnonymous().DisableAntiforgery().WithMetadata(new RequestSizeLimit(MostBytes));
        // Nothing in the address is believed: what became of it is asked of the payment service, for the reader's network.
        app.MapGet("/network/plan/back", async (HttpContext http, SignedIn signedIn, IServiceProvider services, CancellationToken ct) =>
        {
            var me = await signedIn.RequireAsync();
            try
            {
                if (services.GetService<IBillingProvider>() is { } provider) await provider.RefreshAsync(me.Network, ct);
            }
            catch (Exception e) when (e is BillingUnavailableException or BillingRefusedException)
            {
                // The event that is on its way tells the same later.
            }

            return Results.Redirect("/network/plan");
        }).RequireAuthorization(PortalPolicies.SeePlan);
    }

    private static async Task<IResult> ReceiveAsync(HttpContext http, IServiceProvider services, CancellationToken ct)
    {
        if (http.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false; // nobody reads them there
        if (services.GetService<IBillingProvider>() is not { } provider) return Results.NotFound();
        try
        {
            using StreamReader reader = new(http.Request.Body, Encoding.UTF8);
            return await provider.ReceiveAsync(await reader.ReadToEndAsync(ct), http.Request.Headers["Stripe-Signature"], ct) ? Results.Ok() : Results.BadRequest();
        }
        catch (BadHttpRequestException e)
        {
            return Results.StatusCode(e.StatusCode); // too long, or broken off: theirs, not ours to log
        }
    }

    private sealed record RequestSizeLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
