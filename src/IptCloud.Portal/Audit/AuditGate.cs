using System.Collections.Immutable;
using System.Security.Claims;
using IptCloud.Data.Audit;
using IptCloud.Data.Networks;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Identifiers;
using IptCloud.Portal.Access;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Portal.Audit;

/// <summary>
/// Stands before every answer: what a request showed, changed or was refused is durable in the audit before its first byte
/// leaves. If the audit cannot be written, nothing is shown: the error page says so, and gives back what was typed.
/// </summary>
internal sealed class AuditGate(RequestDelegate next, AuditLog log, AuditTrail trail, AuditWatch watch, TimeProvider clock)
{
    /// <summary>The claim that names the sign-in session, where there is one.</summary>
    public const string SessionClaim = "ipt.session";

    public async Task InvokeAsync(HttpContext http)
    {
        // Files of the design system, metrics, whether the process is well, and the page about a refusal that was recorded on its way out.
        if (http.Request.Path.StartsWithSegments("/_content") || http.Request.Path.StartsWithSegments("/metrics") || http.Request.Path.StartsWithSegments("/health") || http.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            await next(http);
            return;
        }

        var audit = RequestAudit.Of(http);
        watch.Listener = audit;
        var inner = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        http.Features.Set<IHttpResponseBodyFeature>(new GatedBody(inner, () => WriteAsync(http, audit, http.Response.StatusCode)));
        try
        {
            await next(http);
            await WriteAsync(http, audit, http.Response.StatusCode);
        }
        catch (UnauthorizedAccessException)
        {
            await WriteAsync(http, audit, StatusCodes.Status403Forbidden);
            throw;
        }
        catch (Exception e) when (e is not AuditUnavailableException && !http.Response.HasStarted)
        {
            // What was done before the failure was done.
            await WriteAsync(http, audit, StatusCodes.Status500InternalServerError);
            throw;
        }
        finally
        {
            http.Features.Set(inner);
        }
    }

    private async Task WriteAsync(HttpContext http, RequestAudit audit, int status)
    {
        var (notes, shown) = audit.Take();
        var page = PageOf(http, audit, status, shown);
        if (notes.IsEmpty && page is null) return;
        var person = await http.RequestServices.GetRequiredService<SignedIn>().FindAsync();
        List<AuditEntry> entries = [];
        foreach (var note in notes) entries.Add(await EntryAsync(http, audit, person, note, []));
        if (page is not null && (person is not null || audit.Network is not null)) entries.Add(await EntryAsync(http, audit, person, page, shown));
        try
        {
            await log.WriteAsync(entries);
        }
        catch (AuditUnavailableException) when (audit.MayFail)
        {
        }
    }

    /// <summary>What the answer itself means: a page that shows somebody's record, or the refusal of one.</summary>
    private static AuditNote? PageOf(HttpContext http, RequestAudit audit, int status, ImmutableArray<ClientId> shown)
    {
        // Of a redirect nothing is seen.
        if (AuditRoutes.Of(http) is not { } route || status is >= 300 and < 400) return null;
        var action = AuditRoutes.ActionOf(route);
        var always = AuditRoutes.IsAlwaysRecorded(action);
        // The jobs' dashboard asks for figures every other second, and for its own style sheets.
        var looked = always && HttpMethods.IsGet(http.Request.Method) && http.Response.ContentType is { } type && (type.StartsWith("text/html", StringComparison.Ordinal) || type.StartsWith("text/csv", StringComparison.Ordinal));
        var (course, client, subject) = AuditRoutes.Named(http);
        var denied = status is StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound or StatusCodes.Status419AuthenticationTimeout;
        var opened = action == AuditActions.Link && audit.Course is not null;
        if (shown.IsEmpty && (audit.IsRecorded || !(denied || opened || looked))) return null;
        audit.IsRecorded = true;
        if (denied && course is null && client is null && !always) action = AuditActions.Request;
        if (action == AuditActions.Course && audit.IsAsOf) action = AuditActions.CourseAsOf;
        return new(action, denied || (action.Group == AuditGroup.Change && status >= 400) ? AuditOutcome.Denied : AuditOutcome.Done)
        {
            Course = audit.Course ?? course,
            Client = client,
            Subject = subject,
            Detail = AuditEntry.Cut(route),
        };
    }

    private async Task<AuditEntry> EntryAsync(HttpContext http, RequestAudit audit, Membership? person, AuditNote note, ImmutableArray<ClientId> shown)
    {
        var byClient = PortalErrors.IsForClient(http);
        var network = note.Network ?? (byClient ? audit.Network : person?.Network) ?? AuditEntry.Platform;
        var user = Guid.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : (Guid?)null;
        var actor = note.Actor ?? (byClient ? AuditActor.Client : person is not null ? AuditActor.Of(person.Actor, user) : new(null, User: user));
        var client = note.Client;
        if (client is null && shown.IsEmpty && note.Course is { } course) client = audit.ClientOf(course) ?? (network == AuditEntry.Platform ? null : await trail.ClientOfAsync(network, course));
        return AuditEntry.New(network, clock.GetUtcNow(), actor, note.Action, note.Outcome, client is { } one ? [.. shown, one] : shown) with
        {
            Course = note.Course,
            Subject = note.Subject,
            Detail = AuditEntry.Cut(note.Detail),
            Origin = http.Connection.RemoteIpAddress?.ToString() ?? "",
            Session = AuditEntry.Cut(http.User.FindFirstValue(SessionClaim)),
        };
    }
}
