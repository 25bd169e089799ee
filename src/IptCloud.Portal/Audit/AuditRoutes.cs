using IptCloud.Domain.Audit;
using IptCloud.Domain.Identifiers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IptCloud.Portal.Audit;

/// <summary>What opening an address means, by its route.</summary>
internal static class AuditRoutes
{
    private const string Course = "courses/{Id}";

    // The most particular first.
    private static readonly (string Start, AuditAction Action)[] routes =
    [
        (Course + "/plan", AuditActions.Plan),
        (Course + "/sessions", AuditActions.Sessions),
        (Course + "/follow-ups", AuditActions.FollowUp),
        (Course + "/homework", AuditActions.Homework),
        (Course + "/inventory", AuditActions.Inventory),
        (Course + "/measures", AuditActions.Measure),
        (Course + "/alerts", AuditActions.Alert),
        (Course + "/status", AuditActions.Status),
        (Course, AuditActions.Course),
        ("courses/new", AuditActions.Referral),
        ("clients/", AuditActions.Client),
        ("my-day", AuditActions.MyDay),
        ("caseload", AuditActions.Caseload),
        ("api/notes/", AuditActions.Draft),
        ("l/", AuditActions.Link),
        ("u/", AuditActions.Link),
        ("ops/mailbox/", AuditActions.Letter),
        ("ops/mailbox", AuditActions.Mailbox),
        ("ops", AuditActions.Ops),
        ("network/audit.csv", AuditActions.AuditExport),
        ("network/audit/client", AuditActions.AccessRequest),
        ("network/audit", AuditActions.AuditRead),
    ];

    /// <summary>The route of a request; null if its address leads nowhere.</summary>
    public static string? Of(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.Trim('/');

    /// <summary>What opening a route means.</summary>
    public static AuditAction ActionOf(string route)
    {
        if (route.Length == 0) return AuditActions.MyDay;
        foreach (var (start, action) in routes)
            if (route.StartsWith(start, StringComparison.Ordinal)) return action;
        return AuditActions.Page;
    }

    /// <summary>Recorded even where no client is shown: looking into operations and into the audit itself.</summary>
    public static bool IsAlwaysRecorded(AuditAction action) => action.Group is AuditGroup.Platform or AuditGroup.Audit;

    /// <summary>The course or client that an address names, and the first other thing in it.</summary>
    public static (CourseId? Course, ClientId? Client, Guid? Subject) Named(HttpContext http)
    {
        CourseId? course = null;
        ClientId? client = null;
        Guid? subject = null;
        var route = Of(http) ?? "";
        foreach (var (name, value) in http.Request.RouteValues)
        {
            if (!Guid.TryParse(value as string, out var id)) continue;
            if (name is "course" || (name is "Id" && route.StartsWith(Course, StringComparison.Ordinal))) course = new(id);
            else if (name is "ClientId") client = new(id);
            else subject ??= id;
        }

        return (course, client, subject);
    }
}
