using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IptCloud.Host;
using IptCloud.Testing;

namespace IptCloud.Rounds.Chaos;

/// <summary>
/// A cluster as <c>tools/bare-metal</c> runs it, under load from outside, with one fault after the other. Exit code 1 if
/// anything acknowledged was lost, anything was done or sent twice, or a course did not come back in time.
/// </summary>
internal static class ChaosRun
{
    private static readonly TimeSpan LetterWithin = TimeSpan.FromMinutes(7); // two until a deadline is acted on, five until a message has left

    public static async Task<int> RunAsync(string folder, Arguments arguments)
    {
        folder = Path.GetFullPath(folder);
        await using var sink = await SmtpSink.StartAsync();
        using var cluster = new ClusterProcesses(folder, MailTo(sink));
        await cluster.StopAsync(); // whatever an earlier run left behind sends its letters elsewhere
        await cluster.StartAsync();
        using CancellationTokenSource end = new();
        var keeping = cluster.KeepAsync(end.Token);
        try
        {
            var settings = cluster.Settings();
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, "etc/portal.crt"));
            Installation place = new(folder, new(settings["IPTCLOUD_PUBLIC_URL"]), certificate.GetCertHashString(HashAlgorithmName.SHA256), LaunchOf(settings, "portal"), LaunchOf(settings, "silo"));
            return await WorkAsync(place, sink, arguments, ledger => FaultsOf(cluster, ledger, arguments.Text("older", "") is { Length: > 0 } older ? Path.GetFullPath(older) : null), () => cluster.AwaitReadyAsync(TimeSpan.FromMinutes(2))) ? 0 : 1;
        }
        finally
        {
            await end.CancelAsync();
            await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await cluster.StopAsync();
        }
    }

    private static IEnumerable<Fault> FaultsOf(ClusterProcesses cluster, Ledger ledger, string? older) =>
    [
        new("none", "none", () => Task.FromResult(Made.Now()), Fault.Usual),
        .. new ProcessFaults(cluster, ledger, older).All(), .. new PostgresFaults(cluster).All(), .. NetworkFaults.All(), .. new ClockFaults(cluster).All(), .. new ScaleFault(cluster, ledger).All(),
    ];

    /// <summary>Variables by which letters come to a sink.</summary>
    public static Dictionary<string, string> MailTo(SmtpSink sink) =>
        new() { ["Smtp__Host"] = sink.Host, ["Smtp__Port"] = $"{sink.Port}", ["Smtp__Security"] = "None", ["Smtp__FromAddress"] = "notes@example.org" };

    /// <summary>Seeds, lets people work, makes the faults, and looks at the whole once more at rest.</summary>
    public static async Task<bool> WorkAsync(Installation place, SmtpSink sink, Arguments arguments, Func<Ledger, IEnumerable<Fault>> faults, Func<Task> settleAsync)
    {
        await using var failures = Log(place.Folder, "failures.log");
        await using var acknowledged = Log(place.Folder, "acknowledged.log");
        await using var table = Log(place.Folder, "table.md");
        var (tally, ledger) = (new Tally(failures), new Ledger(acknowledged));
        Practice practice = new(place.Url, place.Certificate, tally, ledger);
        Letters letters = new(sink, ledger, practice.Phone);
        await practice.SeedAsync(place.Seeding, arguments.Number("courses", 100));
        await place.SeededAsync();
        using CancellationTokenSource end = new();
        var reading = letters.ReadAsync(end.Token);
        var working = await practice.WorkAsync(TimeSpan.FromSeconds(arguments.Number("pause", 12)), end.Token);
        Say("Everybody is at work");

        LedgerCheck check = new(place.Checking, ledger);
        var only = arguments.Text("only", "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var rows = await new Trial(practice, tally, letters, check, table, Say).RunAsync(faults(ledger).Where(f => only.Length == 0 || only.Contains(f.Key)), settleAsync);

        await end.CancelAsync();
        foreach (var task in new[] { reading, working }) await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var (last, differences) = (await check.RunAsync(Say), await check.DifferencesAsync());
        Say($"At rest: {last}, derived rows that differ {differences}, letters {letters.Count}, twice {letters.Twice}");
        Console.WriteLine(Row.Head);
        foreach (var row in rows) Console.WriteLine(row);
        return rows.All(r => r.IsClean && r.IsInTime && r.Letter.Longest < LetterWithin) && last is { Lost: 0, Doubled: 0, Gaps: 0, Ahead: 0 } && differences == 0;
    }

    private static Launch LaunchOf(Dictionary<string, string> settings, string roles) =>
        Launch.Parse(["--roles", roles, "--url", $"http://127.0.0.1:{FreePort.Next()}", "--no-demo"], settings.GetValueOrDefault);

    private static StreamWriter Log(string folder, string name) =>
        new(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "chaos")).FullName, name)) { AutoFlush = true };

    private static void Say(string text) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():HH:mm:ss} {text}"));
}
