using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using IptCloud.Host.Browser;
using IptCloud.Testing;

namespace IptCloud.Host.Telemetry;

/// <summary>One series of an answer; "NaN" is a value as well.</summary>
public sealed record Series(IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>
/// Debian's Prometheus on the configuration and rules of <c>infra</c>, in a hurry: it looks each second, an alert does not wait
/// until it is sure, and the rules look back a quarter of a minute instead of up to six hours. What they ask is as it stands there.
/// </summary>
public sealed partial class PrometheusServer : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly List<(string Role, Uri Url)> watched;
    private readonly HttpClient http;
    private readonly Process process;

    private PrometheusServer(IEnumerable<(string Role, Uri Url)> processes)
    {
        watched = [.. processes];
        Configure();
        File.WriteAllText(folder.File("rules.yml"), Window().Replace(Patience().Replace(File.ReadAllText(Path.Combine(Repository.Root, "infra", "prometheus", "rules.yml")), "for: 0s"), "[15s]"));
        var address = $"127.0.0.1:{FreePort.Next()}";
        http = new() { BaseAddress = new($"http://{address}") };
        process = Process.Start(new ProcessStartInfo("prometheus", [$"--config.file={folder.File("prometheus.yml")}", $"--storage.tsdb.path={folder.File("data")}", $"--web.listen-address={address}", "--web.enable-lifecycle", "--log.level=error"]) { RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
    }

    /// <summary>Starts it, and waits until it has seen every process.</summary>
    public static async Task<PrometheusServer> StartAsync(params IReadOnlyList<(string Role, Uri Url)> processes)
    {
        PrometheusServer server = new(processes);
        try
        {
            await server.AwaitAsync();
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return server;
    }

    /// <summary>Has it look at one process more, and waits until it has seen it.</summary>
    public async Task AddAsync(string role, Uri url)
    {
        watched.Add((role, url));
        Configure();
        using var answer = await http.PostAsync(new Uri("/-/reload", UriKind.Relative), null, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        await AwaitAsync();
    }

    private void Configure()
    {
        var config = File.ReadAllText(Path.Combine(Repository.Root, "infra", "bare-metal", "prometheus.yml")).Replace("_interval: 15s", "_interval: 1s", StringComparison.Ordinal);
        File.WriteAllText(folder.File("prometheus.yml"), Targets().Replace(config, m => $"targets: [{string.Join(", ", watched.Where(w => w.Role == m.Groups[2].Value).Select(w => $"\"127.0.0.1:{w.Url.Port}\""))}]{m.Groups[1].Value}{m.Groups[2].Value}"));
    }

    private Task AwaitAsync() => PortalSite.AwaitAsync("process that Prometheus sees", async () => await SeesAsync(watched.Count) ? this : null);

    private async Task<bool> SeesAsync(int count)
    {
        Assert.False(process.HasExited, "Prometheus did not start.");
        try
        {
            return (await AskAsync("up == 1")).Count == count;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Asks. Fails with Prometheus's own words if it does not understand.</summary>
    public async Task<IReadOnlyList<Series>> AskAsync(string query)
    {
        using var answer = await http.GetAsync(new Uri($"/api/v1/query?query={Uri.EscapeDataString(query)}", UriKind.Relative), TestContext.Current.CancellationToken);
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) answer.EnsureSuccessStatusCode(); // it starts
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.True(answer.IsSuccessStatusCode, $"{query}: {json.RootElement}");
        return [.. json.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().Select(r => new Series(r.GetProperty("metric").Deserialize<Dictionary<string, string>>()!, double.Parse(r.GetProperty("value")[1].GetString()!.Replace("+Inf", "Infinity", StringComparison.Ordinal), CultureInfo.InvariantCulture)))];
    }

    /// <summary>The names of the alerts that fire.</summary>
    public async Task<IReadOnlySet<string>> FiringAsync() => (await AskAsync("ALERTS{alertstate=\"firing\"}")).Select(s => s.Labels["alertname"]).ToHashSet(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        http.Dispose();
        folder.Dispose();
    }

    [GeneratedRegex("""targets: \[.*?\](\s+labels: \{ role: )(\w+)""")]
    private static partial Regex Targets();

    [GeneratedRegex(@"for: \d+m")]
    private static partial Regex Patience();

    [GeneratedRegex(@"\[\d+[mh]\]")]
    private static partial Regex Window();
}
