using System.Text.Json;
using System.Text.RegularExpressions;
using IptCloud.Testing;

namespace IptCloud.Host.Telemetry;

/// <summary>What a panel or a rule asks Prometheus.</summary>
/// <param name="Place">The dashboard or the group of rules.</param>
/// <param name="IsAlert">An answer means trouble; none is usual.</param>
public sealed partial record Question(string Place, string Title, string Query, bool IsAlert)
{
    /// <summary>The series that it is about, each of which the product should tell.</summary>
    public IEnumerable<string> Selectors => Selector().Matches(Labels().Replace(Query, "")).Select(m => m.Value).Distinct();

    /// <summary>Every panel of every dashboard.</summary>
    public static IEnumerable<Question> OfDashboards()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "infra", "grafana", "dashboards"), "*.json").Order(StringComparer.Ordinal))
        {
            using var board = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var panel in board.RootElement.GetProperty("panels").EnumerateArray().Where(p => p.TryGetProperty("targets", out _)))
                foreach (var target in panel.GetProperty("targets").EnumerateArray())
                    yield return new(Path.GetFileNameWithoutExtension(file), panel.GetProperty("title").GetString()!, target.TryGetProperty("expr", out var query) ? query.GetString()! : "", false);
        }
    }

    /// <summary>Every rule, recorded or ringing.</summary>
    public static IEnumerable<Question> OfRules() => Rule().Matches(File.ReadAllText(Path.Combine(Repository.Root, "infra", "prometheus", "rules.yml"))).Select(m => new Question("rules", m.Groups[2].Value, m.Groups[3].Value, m.Groups[1].Value == "alert"));

    [GeneratedRegex(@"\b(by|on) \([^)]*\)")]
    private static partial Regex Labels();

    [GeneratedRegex(@"- (alert|record): (\S+)\s+expr: (.+)")]
    private static partial Regex Rule();

    [GeneratedRegex(@"\b(?:up\b|(?:iptcloud|http_server|orleans|dotnet|db_client|microsoft|kestrel)[a-z_]*[_:][a-z0-9_:]+)(?:\{[^}]*\})?(?=[\[\s)/]|$)")]
    private static partial Regex Selector();
}
