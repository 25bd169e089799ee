using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Protocols;
using IptCloud.Rounds.Load;
using IptCloud.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace IptCloud.Rounds.Bench;

/// <summary>
/// What telemetry costs: three processes on copies of one folder, one that tells nobody, one as shipped and one that traces
/// every request, to a collector that takes everything. CPU of each for a Course page, turn and turn about; medians of ratios.
/// Processes of their own, because whoever listens in a process hears all of it.
/// </summary>
internal static class TelemetryBench
{
    private const double Most = 1.25;
    private const int Courses = 8;
    private const int Events = 200;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (rounds, requests, warm) = (arguments.Number("rounds", 15), arguments.Number("requests", 200), arguments.Number("warm", 3000));
        using var folder = new TempFolder();
        var collector = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        ConcurrentDictionary<string, long> taken = new();
        await using var collecting = await CollectAsync(collector, taken);
        await SeedAsync(folder.File("seed"));
        using var off = await Side.StartAsync(folder, "off", []);
        using var shipped = await Side.StartAsync(folder, "shipped", Telling(collector, "shipped"));
        using var all = await Side.StartAsync(folder, "all", [.. Telling(collector, "all"), new("OTEL_TRACES_SAMPLER_ARG", "1")]);
        foreach (var side in new[] { off, shipped, all }) await side.PagesAsync(warm);

        List<double> sampled = [], traced = [];
        for (var round = 1; round <= rounds; round++)
        {
            Dictionary<Side, double> cost = [];
            foreach (var side in round % 2 == 0 ? new[] { off, shipped, all } : [all, shipped, off]) cost[side] = await side.PagesAsync(requests);
            sampled.Add(cost[shipped] / cost[off]);
            traced.Add(cost[all] / cost[off]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: off {cost[off]:N0} us of CPU a Course page, as shipped {cost[shipped]:N0} ({sampled[^1]:N2} : 1), all traced {cost[all]:N0} ({traced[^1]:N2} : 1)"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"telemetry: CPU per Course page {Median(sampled):N2} : 1 as shipped, {Median(traced):N2} : 1 with every request traced (medians of {rounds} rounds; at most {Most} as shipped is wanted)"));
        foreach (var (path, bytes) in taken.OrderBy(t => t.Key, StringComparer.Ordinal)) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the collector took at {path}: {bytes / 1024.0:N0} KB"));
        // Cheap because nothing was told would be no result.
        string[] told = ["/shipped/v1/traces", "/shipped/v1/metrics", "/all/v1/traces", "/all/v1/metrics"];
        return Median(sampled) <= Most && told.All(t => taken.GetValueOrDefault(t) > 0) ? 0 : 1;
    }

    private static double Median(List<double> values) => values.Order().Skip((values.Count - 1) / 2).Take(2 - values.Count % 2).Average();

    private static KeyValuePair<string, string>[] Telling(Uri collector, string side) => [new("OTEL_EXPORTER_OTLP_ENDPOINT", new Uri(collector, side).ToString()), new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")];

    /// <param name="taken">Bytes by path.</param>
    private static async Task<WebApplication> CollectAsync(Uri url, ConcurrentDictionary<string, long> taken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url.ToString());
        var app = builder.Build();
        app.Run(async http =>
        {
            using MemoryStream body = new();
            await http.Request.Body.CopyToAsync(body);
            taken.AddOrUpdate(http.Request.Path.ToString(), body.Length, (_, before) => before + body.Length);
        });
        await app.StartAsync();
        return app;
    }

    /// <summary>A course of many events, and its therapist.</summary>
    private static async Task SeedAsync(string folder)
    {
        await using (var app = AppendBench.Build(folder, null))
        {
            var site = await AppendBench.PrepareAsync(app, Courses, _ => 0);
            for (var n = 0; n < Events; n++) await site.DoAsync(0, 0, new ChooseFocus((FocusArea)(n % 4), "Chosen by the run"), $"page {n}");
            await PageBench.UserAsync(app.Services, 0);
            await app.StopAsync();
        }

        SqliteConnection.ClearAllPools();
    }

    private sealed class Side(Process process, HttpClient client) : IDisposable
    {
        public static async Task<Side> StartAsync(TempFolder folder, string name, IEnumerable<KeyValuePair<string, string>> variables)
        {
            var data = Directory.CreateDirectory(folder.File(name)).FullName;
            foreach (var file in Directory.GetFiles(folder.File("seed"))) File.Copy(file, Path.Combine(data, Path.GetFileName(file)));
            Uri url = new($"http://localhost:{FreePort.Next()}");
            ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "iptcloud.dll"), "run", "--data", data, "--url", url.ToString(), "--no-demo", "--no-billing"]) { RedirectStandardOutput = true };
            foreach (var (variable, value) in variables) start.Environment[variable] = value;
            var process = Process.Start(start)!;
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            using HttpClient http = new();
            while (!await IsReadyAsync(http, url)) await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            return new(process, await PageBench.SignInAsync(url, "t0@example.org", PageBench.Password));
        }

        /// <summary>CPU of the process in microseconds for each of so many pages.</summary>
        public async Task<double> PagesAsync(int requests)
        {
            process.Refresh();
            var before = process.TotalProcessorTime;
            for (var i = 0; i < requests; i++) await client.GetByteArrayAsync(new Uri($"/courses/{Site.Course(0).Course}", UriKind.Relative));
            process.Refresh();
            return (process.TotalProcessorTime - before).TotalMicroseconds / requests;
        }

        public void Dispose()
        {
            client.Dispose();
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        private static async Task<bool> IsReadyAsync(HttpClient http, Uri url)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(url, "/health/ready"));
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }
}
