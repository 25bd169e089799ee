using IptCloud.Data.Messages;
using IptCloud.Data.Networks;
using IptCloud.Portal.Courses;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace IptCloud.Portal.Links;

/// <summary>What the page about stopping e-mails says.</summary>
public enum StopState
{
    /// <summary>The address stops nothing.</summary>
    Unknown,
    /// <summary>Asks first.</summary>
    Ask,
    /// <summary>Stopped, now or earlier.</summary>
    Done,
}

/// <summary>Stopping e-mails: GET asks, POST does it, with nothing but the address (RFC 8058), so that a mail provider's button works as well as ours.</summary>
internal static class StopEndpoints
{
    public static void MapStop(this IEndpointRouteBuilder app)
    {
        app.MapGet("/u/{token}", async (string token, EmailConsents consents, NetworkDirectory directory, CancellationToken ct) =>
            await PageAsync(StopState.Ask, await consents.FindAsync(token, ct), directory, ct)).AllowAnonymous();
        app.MapPost("/u/{token}", async (string token, EmailConsents consents, NetworkDirectory directory, CourseCalls calls, ClinicTime time, CancellationToken ct) =>
        {
            var request = await consents.FindAsync(token, ct);
            if (request is not null)
            {
                await consents.WithdrawAsync(request, time.Now, ct);
                // Also when the consent was gone already: the first attempt may have ended between the two.
                foreach (var course in request.Courses) await calls.ClientChangedAsync(course);
            }

            return await PageAsync(StopState.Done, request, directory, ct);
        }).AllowAnonymous().DisableAntiforgery();
    }

    private static async Task<RazorComponentResult<StopDocument>> PageAsync(StopState state, StopRequest? request, NetworkDirectory directory, CancellationToken ct)
    {
        var clinic = request is null ? null : (await directory.ClinicsAsync(request.Network, ct)).FirstOrDefault(c => c.Id == request.Clinic);
        return new(new Dictionary<string, object?> { [nameof(StopDocument.State)] = request is null ? StopState.Unknown : state, [nameof(StopDocument.Clinic)] = clinic })
        {
            StatusCode = request is null ? StatusCodes.Status410Gone : StatusCodes.Status200OK,
        };
    }
}
