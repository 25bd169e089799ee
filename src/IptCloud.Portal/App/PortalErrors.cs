using System.Diagnostics;
using IptCloud.Contracts.Courses;
using IptCloud.Portal.Access;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IptCloud.Portal;

/// <summary>Turns failures into pages in the portal's own words; a stack trace goes to the log only.</summary>
internal static class PortalErrors
{
    /// <summary>For what is thrown: first in the pipeline.</summary>
    public static void UseFailurePage(this IApplicationBuilder app) => app.UseExceptionHandler(new ExceptionHandlerOptions
    {
        // What a failed page left behind in its services must not fail the error page.
        CreateScopeForErrors = true,
        StatusCodeSelector = e => e switch
        {
            UnauthorizedAccessException => StatusCodes.Status403Forbidden,
            Data.Audit.AuditUnavailableException => StatusCodes.Status503ServiceUnavailable,
            // Not answered: nothing that was saved is lost, and the same form sent again has one effect.
            Data.Journal.JournalUnavailableException => StatusCodes.Status504GatewayTimeout,
            _ when CourseCalling.IsUnanswered(e) => StatusCodes.Status504GatewayTimeout,
            _ when Data.Storage.Outage.IsIn(e) => StatusCodes.Status503ServiceUnavailable,
            BadHttpRequestException bad => bad.StatusCode,
            _ => StatusCodes.Status500InternalServerError,
        },
        ExceptionHandler = http => ShowAsync(http),
    });

    /// <summary>For a status without a body. Scripts read the status itself.</summary>
    public static void UseErrorPages(this IApplicationBuilder app)
    {
        app.UseWhen(http => !IsForScript(http) && !IsForClient(http), pages => pages.UseStatusCodePagesWithReExecute("/errors/{0}", createScopeForStatusCodePages: true));
        app.Use((http, next) =>
        {
            // The error page is read, whatever was sent before: it must not look for a form to handle.
            if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null) http.Request.Method = HttpMethods.Get;
            return next(http);
        });
        // A client's page has words of its own for a link that opens nothing; re-execution would put the staff's in their place.
        app.UseWhen(IsForClient, pages => pages.Use(async (http, next) =>
        {
            await next(http);
            if (http.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null }) await ShowAsync(http);
        }));
    }

    /// <summary>A form with a token of another sign-in is turned away with 419, one of another network with 409, and what was typed is kept.</summary>
    public static void UseTokenRefusal(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } refused)
        {
            if (refused.Error?.InnerException is BadHttpRequestException or InvalidDataException)
            {
                http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge; // no token was found because nothing was read
                return;
            }

            var otherNetwork = await FormNetwork.RefusalAsync(http);
            if (!IsForScript(http)) await TypedText.KeepAsync(http);
            http.Response.StatusCode = otherNetwork is null ? StatusCodes.Status419AuthenticationTimeout : StatusCodes.Status409Conflict;
            return;
        }

        await next(http);
    });

    /// <summary>A page that a client opens from a message.</summary>
    public static bool IsForClient(HttpContext http) => http.Request.Path.StartsWithSegments("/l") || http.Request.Path.StartsWithSegments("/u");

    /// <summary>Called by our script: it wants a status, not a page.</summary>
    public static bool IsForScript(HttpContext http) => http.Request.Path.StartsWithSegments("/api") || http.Request.Headers.ContainsKey(PortalHosting.TokenHeader);

    private static async Task ShowAsync(HttpContext http)
    {
        if (IsForScript(http)) return;
        if (HttpMethods.IsPost(http.Request.Method)) await TypedText.KeepAsync(http);
        var page = new RazorComponentResult<ErrorDocument>(new Dictionary<string, object?>
        {
            [nameof(ErrorDocument.Words)] = IsForClient(http) ? ErrorWords.ForClient(http.Response.StatusCode) : ErrorWords.Of(http.Response.StatusCode),
            [nameof(ErrorDocument.Client)] = IsForClient(http),
            [nameof(ErrorDocument.Reference)] = http.Response.StatusCode < 500 ? null : Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier,
            [nameof(ErrorDocument.Typed)] = TypedText.Of(http),
        })
        { StatusCode = http.Response.StatusCode };
        await page.ExecuteAsync(http);
    }
}
