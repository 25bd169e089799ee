using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using IptCloud.Host.Browser;
using IptCloud.Host.Storage;
using IptCloud.Host.Verbs;
using IptCloud.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Host.Cluster;

/// <summary>What <c>/health/ready</c> said.</summary>
public sealed record Ready(HttpStatusCode Status, string Text, Dictionary<string, string> Checks);

/// <summary>A database of one test's own, migrated, and the processes that work on it: in this process, or real ones that can be killed.</summary>
public sealed class ClusterSite : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly List<WebApplication> hosts = [];
    private readonly List<Process> processes = [];
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private ClusterSite(PostgresDatabase database) => Database = database;

    public PostgresDatabase Database { get; }

    /// <summary>Further variables of every process started from now on.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public static async Task<ClusterSite> CreateAsync()
    {
        var site = new ClusterSite(await PostgresDatabase.CreateAsync(TestContext.Current.CancellationToken));
        await using var services = Tools.Services(site.LaunchOf("silo", FreePort.Next()));
        await Schema.MigrateAsync(services);
        return site;
    }

    /// <summary>Where a host of this process is reached.</summary>
    public static Uri UrlOf(WebApplication host) => host.Services.GetRequiredService<Launch>().Url;

    /// <summary>Starts a process's work inside this one.</summary>
    public async Task<WebApplication> StartAsync(string roles, Action<IServiceCollection>? alter = null)
    {
        var host = Compose(roles, alter);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>Composes it only.</summary>
    public WebApplication Compose(string roles, Action<IServiceCollection>? alter = null)
    {
        var host = Serve.Build(LaunchOf(roles, FreePort.Next()), s =>
        {
            s.PostConfigure<PasswordHasherOptions>(o => o.IterationCount = 1_000);
            alter?.Invoke(s);
        }, Variables.ToDictionary(v => v.Key.Replace("__", ":", StringComparison.Ordinal), v => (string?)v.Value));
        hosts.Add(host);
        return host;
    }

    /// <summary>Starts a real process, as a service would.</summary>
    /// <param name="ahead">How far its machine's clock is ahead, in the words of Debian's faketime.</param>
    public (Process Process, Uri Url) Spawn(string roles, string? ahead = null)
    {
        var launch = LaunchOf(roles, FreePort.Next());
        var start = Starting(roles, launch.Url);
        if (ahead is not null)
        {
            foreach (var (at, word) in new[] { "-m", "--exclude-monotonic", "-f", $"+{ahead}", start.FileName }.Index()) start.ArgumentList.Insert(at, word);
            start.FileName = "faketime";
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        processes.Add(process);
        return (process, launch.Url);
    }

    /// <summary>Starts a real process that cannot start.</summary>
    /// <returns>Its exit code and what it said of why.</returns>
    public async Task<(int Code, string Error)> FailAsync(string roles)
    {
        var start = Starting(roles, LaunchOf(roles, FreePort.Next()).Url);
        start.RedirectStandardError = true;
        var process = Process.Start(start)!;
        processes.Add(process);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }

    /// <summary>Asks a process whether it is ready; null while it does not listen.</summary>
    public async Task<Ready?> AskAsync(Uri url)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(url, "/health/ready"), TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return new(answer.StatusCode, text, JsonDocument.Parse(text).RootElement.GetProperty("checks").Deserialize<Dictionary<string, string>>()!);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Waits until a process says that it is ready, or that it is not.</summary>
    public Task<Ready> AwaitAsync(Uri url, bool ready) => PortalSite.AwaitAsync($"process that is {(ready ? "" : "not ")}ready", async () => await AskAsync(url) is { } answer && answer.Status == HttpStatusCode.OK == ready ? answer : null);

    public async Task<HttpStatusCode> StatusAsync(Uri url, string path)
    {
        using var answer = await http.GetAsync(new Uri(url, path), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true); // faketime has a child
            await process.WaitForExitAsync();
            process.Dispose();
        }

        // Silos last: the others would wait for an answer of them.
        foreach (var host in hosts.AsEnumerable().Reverse())
        {
            await host.StopAsync();
            await host.DisposeAsync();
        }

        http.Dispose();
        folder.Dispose();
        await Database.DisposeAsync();
    }

    private ProcessStartInfo Starting(string roles, Uri url)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "iptcloud.dll"), "run", "--roles", roles, "--url", url.ToString()]) { RedirectStandardOutput = true };
        foreach (var (name, value) in Environs()) start.Environment[name] = value;
        return start;
    }

    private Launch LaunchOf(string roles, int port)
    {
        var environs = Environs();
        return Launch.Parse(["--roles", roles, "--url", string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"), "--data", folder.Path, "--no-demo"], environs.GetValueOrDefault);
    }

    private Dictionary<string, string> Environs() => new(Variables)
    {
        ["IPTCLOUD_POSTGRES"] = Database.ConnectionString,
        ["IPTCLOUD_MASTER_KEY_FILE"] = folder.File("master.key"),
        ["IPTCLOUD_DATA"] = folder.Path,
        ["IPTCLOUD_PUBLIC_URL"] = "http://localhost:5080",
    };
}
