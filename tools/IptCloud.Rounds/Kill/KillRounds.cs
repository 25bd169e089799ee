using System.Diagnostics;
using IptCloud.Testing;

namespace IptCloud.Rounds.Kill;

/// <summary>
/// Starts the product under load, kills it with SIGKILL at a moment that nobody chose, and compares what is stored with
/// what was acknowledged. Exit code 1 if anything acknowledged was lost or anything was sent twice.
/// </summary>
internal static class KillRounds
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var rounds = arguments.Number("rounds", 20);
        using var folder = new TempFolder();
        await using var server = arguments.Has("kill-postgres") ? await PrivatePostgres.StartAsync(folder.File("pg")) : null;
        await using var database = server is null && arguments.Has("postgres") ? await PostgresDatabase.CreateAsync() : null;
        var postgres = server?.ConnectionString ?? database?.ConnectionString;
        await using var smtp = arguments.Has("smtp") ? await SmtpSink.StartAsync() : null;
        HashSet<string> acknowledged = [];
        var total = new Findings(0, 0, 0, 0, 0, 0, 0, 0, 0);
        for (var round = 1; round <= rounds; round++)
        {
            var acks = await LoadAndKillAsync(folder.Path, postgres, smtp, server, round, arguments);
            acknowledged.UnionWith(acks);
            if (server is not null) await server.RestartAsync();
            total = await Verification.RunAsync(folder.Path, postgres, smtp, acknowledged);
            Console.WriteLine($"round {round}: {acks.Count} acknowledged; so far {total}");
            if (!total.IsClean) break;
        }

        Console.WriteLine(total.IsClean ? "clean" : "NOT CLEAN");
        return total.IsClean ? 0 : 1;
    }

    private static async Task<List<string>> LoadAndKillAsync(string folder, string? postgres, SmtpSink? smtp, PrivatePostgres? server, int round, Arguments arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(typeof(KillRounds).Assembly.Location);
        foreach (var argument in (string[])["load", "--data", folder, "--url", $"http://localhost:{FreePort.Next()}", "--round", $"{round}", "--writers", $"{arguments.Number("writers", 64)}", "--pause", $"{arguments.Number("pause", 0)}", "--speed", $"{arguments.Number("speed", 40_000)}"]) start.ArgumentList.Add(argument);
        if (postgres is not null) start.Environment["IPTCLOUD_POSTGRES"] = postgres;
        if (smtp is not null)
            foreach (var (name, value) in new[] { ("Host", smtp.Host), ("Port", $"{smtp.Port}"), ("Security", "None"), ("FromAddress", "notes@example.org") }) start.Environment[$"Smtp__{name}"] = value;

        using var process = Process.Start(start)!;
        List<string> acks = [];
        var until = TimeSpan.FromMilliseconds(6_000 + round * 7919 % 3_000); // a different moment each round, the same in each run
        long? ready = null;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "ready") ready = TimeProvider.System.GetTimestamp();
            if (line.StartsWith("ack ", StringComparison.Ordinal)) acks.Add(line);
            if (ready is not { } at || TimeProvider.System.GetElapsedTime(at) < until || process.HasExited) continue;
            server?.Kill();
            process.Kill();
            ready = long.MaxValue / 2; // lines still in the pipe were written before the kill: read them to the end
        }

        await process.WaitForExitAsync();
        return acks;
    }
}
