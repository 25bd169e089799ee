using System.Diagnostics;
using System.Globalization;
using IptCloud.Testing;
using Npgsql;

namespace IptCloud.Rounds;

/// <summary>A PostgreSQL server of this run alone, which it may kill. Runs as the user <c>postgres</c>, because root may not.</summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private const string Named = "IPTCLOUD_TEST_POSTGRES";
    private readonly string folder;
    private readonly int port = FreePort.Next();
    private Process? server;
    private TempFolder? own;

    private PrivatePostgres(string folder) => this.folder = folder;

    public string ConnectionString => $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";

    /// <summary>The server of a run that asks for one, unless one is named already: by <c>./tools/test</c>, or by the run that this one is a part of.</summary>
    public static async Task<PrivatePostgres?> ForAsync(string[] arguments)
    {
        if (!arguments.Contains("--postgres") || Environment.GetEnvironmentVariable(Named) is { Length: > 0 }) return null;
        TempFolder own = new();
        var started = await StartAsync(own.File("pg"));
        started.own = own;
        Environment.SetEnvironmentVariable(Named, started.ConnectionString);
        return started;
    }

    public static async Task<PrivatePostgres> StartAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await RunAsync("chown", "postgres", Path.GetDirectoryName(folder)!, folder);
        await RunAsync("runuser", "-u", "postgres", "--", Program("initdb"), "-D", folder, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync");
        var started = new PrivatePostgres(folder);
        await started.RestartAsync();
        return started;
    }

    /// <summary>Starts the server; again if it gives up because children of the killed one still hold its memory.</summary>
    public async Task RestartAsync()
    {
        for (var tries = 0; ; tries++)
        {
            if (server is null or { HasExited: true }) server = Start();
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (tries < 300)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }

    /// <summary>SIGKILL to every process of this server.</summary>
    public void Kill() => Process.Start("pkill", ["-KILL", "-f", folder])!.WaitForExit();

    public async ValueTask DisposeAsync()
    {
        Kill();
        if (server is not null) await server.WaitForExitAsync();
        own?.Dispose();
    }

    private Process Start()
    {
        var started = Process.Start(new ProcessStartInfo("runuser", ["-u", "postgres", "--", Program("postgres"), "-D", folder, "-p", port.ToString(CultureInfo.InvariantCulture), "-k", folder, "-c", "listen_addresses=127.0.0.1"]) { RedirectStandardError = true })!;
        started.ErrorDataReceived += (_, _) => { };
        started.BeginErrorReadLine();
        return started;
    }

    private static string Program(string name) => Directory.EnumerateDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin", name)).Last(File.Exists);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} failed with {process.ExitCode}.");
    }
}
