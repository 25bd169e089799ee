using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using IptCloud.Testing;

namespace IptCloud.Rounds.Chaos;

/// <summary>
/// The processes that <c>tools/bare-metal start FOLDER</c> started, by the names of their files in <c>run</c>. What ends by
/// itself or by a fault is started again a second later, as the units' <c>Restart=always</c> and <c>RestartSec=1</c> would.
/// </summary>
internal sealed class ClusterProcesses(string folder, IReadOnlyDictionary<string, string> environment) : IDisposable
{
    public static readonly string[] Units = ["silo-5111", "silo-5112", "portal-5121", "portal-5122", "worker-5131"];
    private static readonly TimeSpan RestartAfter = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> kept = new(Units.Select(u => KeyValuePair.Create<string, IReadOnlyDictionary<string, string>>(u, new Dictionary<string, string>())));
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5) };

    public string Folder => folder;

    /// <summary>What the processes read from their environment file.</summary>
    public Dictionary<string, string> Settings() => File.ReadLines(Path.Combine(folder, "etc/iptcloud.env")).Where(l => l.Contains('=', StringComparison.Ordinal) && !l.StartsWith('#'))
        .Select(l => l.Split('=', 2)).ToDictionary(p => p[0], p => p[1].Trim('\''));

    /// <summary>Changes a setting of the processes' environment file; each reads it when it starts next.</summary>
    public void Set(string name, string value)
    {
        var file = Path.Combine(folder, "etc/iptcloud.env");
        File.WriteAllLines(file, [.. File.ReadLines(file).Where(l => !l.StartsWith(name + "=", StringComparison.Ordinal)), $"{name}={value}"]);
    }

    public Task StartAsync() => BareMetalAsync(environment, "start", folder);

    public Task StopAsync() => BareMetalAsync(environment, "stop", folder);

    /// <summary>Looks after the processes until the run ends.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            foreach (var name in kept.Keys.Where(n => !IsRunning(n)))
            {
                await Task.Delay(RestartAfter, TimeProvider.System, ct);
                await StartAsync(name);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, ct);
        }
    }

    /// <summary>Starts one process of a unit; PostgreSQL by the name <c>postgres</c>.</summary>
    public Task StartAsync(string name)
    {
        File.Delete(PidFile(name));
        return BareMetalAsync(new Dictionary<string, string>([.. environment, .. kept.GetValueOrDefault(name, new Dictionary<string, string>())]), ["unit", folder, .. name.Split('-')]);
    }

    /// <summary>Keeps a unit from now on with further variables of its own, e.g. a clock that is wrong.</summary>
    public void Keep(string name, IReadOnlyDictionary<string, string>? variables = null) => kept[name] = variables ?? new Dictionary<string, string>();

    /// <summary>Lets a unit stay ended.</summary>
    public void Release(string name) => kept.TryRemove(name, out _);

    /// <summary>Sends a signal to a process, and to nothing else.</summary>
    public void Signal(string name, string signal) => Run("kill", $"-{signal}", Pid(name).ToString(CultureInfo.InvariantCulture));

    public bool IsRunning(string name)
    {
        if (!File.Exists(PidFile(name)) || Pid(name) is not ({ } pid and > 0)) return false;
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>What <c>/health/ready</c> says; null while nobody answers.</summary>
    public async Task<(bool IsReady, string Text)?> ReadyAsync(string name)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{name.Split('-')[1]}/health/ready"));
            return (answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>Waits until all that are kept are ready.</summary>
    public async Task AwaitReadyAsync(TimeSpan patience)
    {
        var begun = TimeProvider.System.GetTimestamp();
        foreach (var name in kept.Keys.Where(n => n != "postgres"))
            while (await ReadyAsync(name) is not { IsReady: true })
            {
                if (TimeProvider.System.GetElapsedTime(begun) > patience) throw new TimeoutException($"{name} did not become ready: {(await ReadyAsync(name))?.Text}");
                await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
            }
    }

    public void Dispose() => http.Dispose();

    /// <summary>The server's own process: the one in <c>run</c> only started it.</summary>
    public int Postmaster => int.Parse(File.ReadLines(Path.Combine(folder, "postgres/postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>Runs a program to its end.</summary>
    public static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    private string PidFile(string name) => Path.Combine(folder, "run", name + ".pid");

    private int Pid(string name) => int.TryParse(File.ReadAllText(PidFile(name)), CultureInfo.InvariantCulture, out var pid) ? pid : 0;

    private static async Task BareMetalAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = new(Repository.PathOf("tools/bare-metal"), arguments);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"tools/bare-metal {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
