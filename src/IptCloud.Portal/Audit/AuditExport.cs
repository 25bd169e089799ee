using System.Text;
using IptCloud.Data.Audit;
using IptCloud.Data.Networks;
using IptCloud.Domain.Audit;
using IptCloud.Portal.Access;
using IptCloud.Portal.Desk;
using IptCloud.Portal.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IptCloud.Portal.Audit;

/// <summary>The audit as a file: the entries that the page's filter asks for, all of them, written piece by piece.</summary>
internal static class AuditExport
{
    private const int Piece = 500;

    private static readonly string[] heads = ["time", "time (UTC)", "who", "on behalf of", "account", "what", "action", "outcome", "clients", "course", "subject", "address", "session", "detail", "entry"];

    public static void MapAuditExport(this IEndpointRouteBuilder app) => app.MapGet("/network/audit.csv", async (HttpContext http, SignedIn signedIn, NetworkDirectory directory, AuditTrail trail) =>
    {
        var me = await signedIn.RequireAsync();
        var zone = await ClinicZone.OfAsync(directory, me);
        var errors = new FormErrors();
        var filter = AuditQuery.Of(http.Request.Query).Read(zone, errors);
        if (errors.Any)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var members = (await directory.ColleaguesAsync(me.Network)).ToDictionary(m => m.Id, m => m.Name);
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"audit.csv\"";
        await http.Response.WriteAsync("\uFEFF" + Line(heads), http.RequestAborted);
        Guid? before = null;
        do
        {
            var page = await trail.PageAsync(me.Network, filter, before, Piece, http.RequestAborted);
            var text = new StringBuilder();
            foreach (var entry in page.Entries) text.Append(Line(Cells(entry, zone, m => members.GetValueOrDefault(m, "a former member"))));
            await http.Response.WriteAsync(text.ToString(), http.RequestAborted);
            before = page.Next;
        }
        while (before is not null);
    }).RequireAuthorization(PortalPolicies.Audit);

    /// <summary>One line. Every cell is quoted; one that a spreadsheet would take for a formula is led by an apostrophe.</summary>
    internal static string Line(IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(string? text)
    {
        text ??= "";
        var safe = text is [var first, ..] && first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + text : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string?[] Cells(AuditEntry e, string zone, Func<Domain.Identifiers.MemberId, string> name) =>
    [
        AuditQuery.Stamp(e.At, zone), AuditQuery.Stamp(e.At, "Etc/UTC"), e.Actor.Member is { } member ? name(member) : AuditWords.Of(e.Actor.Kind), e.Actor.OnBehalfOf is { } other ? name(other) : null,
        e.Actor.User?.ToString("N"), AuditWords.Of(e), e.Action, e.Outcome.ToString(), string.Join(' ', e.Clients), e.Course?.ToString(), e.Subject?.ToString("N"), e.Origin, e.Session, e.Detail, e.Id.ToString("N"),
    ];
}
