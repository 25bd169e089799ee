using System.Text;
using IptCloud.Domain.Networks;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IptCloud.Portal.Access;

/// <summary>Whom each address lets in, role by role, as its policy says. What of a network it then shows is the decision's.</summary>
public static class EndpointTable
{
    /// <summary>The table as Markdown, one line for each address, and its size.</summary>
    public static string Markdown(IEnumerable<Endpoint> endpoints)
    {
        var lines = endpoints.OfType<RouteEndpoint>().Where(e => !IsAsset(e)).Select(Line).Distinct().Order(StringComparer.Ordinal).ToList();
        StringBuilder text = new();
        text.Append("| address | ").AppendJoin(" | ", AccessTable.Columns).Append(" | nobody signed in |\n");
        text.Append("| --- ").Insert(text.Length, "| --- ", AccessTable.Columns.Length + 1).Append("|\n");
        foreach (var line in lines) text.Append(line).Append('\n');
        return text.Append('\n').Append(lines.Count).Append(" addresses × ").Append(AccessTable.Columns.Length + 1).Append(" kinds of visitor.\n").ToString();
    }

    /// <summary>True if a member with this role, and no other, passes the endpoint's policies.</summary>
    public static bool Admits(Endpoint endpoint, Roles role)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null) return true;
        return endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().All(a => a.Policy is null || !PortalPolicies.Demands.TryGetValue(a.Policy, out var demanded) || (demanded & role) != 0);
    }

    private static string Line(RouteEndpoint endpoint)
    {
        var everybody = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        var cells = AccessTable.Columns.Select(r => Admits(endpoint, r) ? "yes" : "–").Append(everybody ? "yes" : "–");
        return $"| `/{endpoint.RoutePattern.RawText?.TrimStart('/')}` | {string.Join(" | ", cells)} |";
    }

    // Style sheet, script, font: one address for each name and compression.
    private static bool IsAsset(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText?.TrimStart('/') is { } path && (path.StartsWith("_content/", StringComparison.Ordinal) || path.StartsWith("_framework/", StringComparison.Ordinal) || path.StartsWith("{**", StringComparison.Ordinal));
}
