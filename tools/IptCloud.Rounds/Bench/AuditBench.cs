using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using IptCloud.Data.Audit;
using IptCloud.Data.Storage;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Identifiers;
using IptCloud.Host;
using IptCloud.Host.Demo;
using IptCloud.Host.Storage;
using IptCloud.Host.Verbs;
using IptCloud.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Rounds.Bench;

/// <summary>What the audit costs a Course page, as a ratio of CPU: one process, both variants, rounds in turn. Other load on the machine falls on both alike.</summary>
internal static partial class AuditBench
{
    private const int Requests = 200;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (rounds, together) = (arguments.Number("rounds", 10), arguments.Number("together", 4));
        using var folder = new TempFolder();
        var url = new Uri($"http://localhost:{FreePort.Next()}");
        SwitchedAuditLog log = null!;
        var launch = Launch.Parse(["--data", folder.Path, "--url", url.ToString()], _ => null);
        await using var app = Serve.Build(launch, services => services.AddSingleton<AuditLog>(s => log = new($"Data Source={launch.DatabaseFile};Default Timeout=30", s)));
        await Schema.MigrateAsync(app.Services);
        await app.StartAsync();
        var (course, therapist, events) = await CourseAsync(app.Services);
        using var client = await SignInAsync(url, therapist);
        var path = new Uri($"/courses/{course}", UriKind.Relative);

        await RoundAsync(client, path, together);
        await RoundAsync(client, path, together);
        List<double> ratios = [];
        for (var round = 0; round < rounds; round++)
        {
            // Which comes first changes, so that neither has the warmer caches.
            var first = await MeasureAsync(round % 2 == 0);
            var second = await MeasureAsync(round % 2 != 0);
            var (with, without) = round % 2 == 0 ? (first, second) : (second, first);
            ratios.Add(with / without);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round + 1,2}: with {with:N3} ms, without {without:N3} ms of CPU a page, ratio {with / without:N3}"));
        }

        ratios.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Course of {events} events, {together} readers at once: median ratio {ratios[ratios.Count / 2]:N3}, {log.Written} entries written"));
        await app.StopAsync();
        SqliteConnection.ClearAllPools();
        return 0;

        async Task<double> MeasureAsync(bool audit)
        {
            log.IsOn = audit;
            return await RoundAsync(client, path, together);
        }
    }

    private static async Task<double> RoundAsync(HttpClient client, Uri path, int together)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = together }, async (_, ct) => await client.GetByteArrayAsync(path, ct));
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds / Requests;
    }

    private static async Task<(CourseId Course, string Therapist, long Events)> CourseAsync(IServiceProvider services)
    {
        var setup = services.GetRequiredService<DemoSetup>();
        while (await setup.StandingAsync(default) != DemoStanding.Ready) await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        await using var db = await services.GetRequiredService<Databases>().ReadAsync(DemoNetwork.Id);
        var cards = await db.CourseCards.Select(c => new { c.CourseId, c.TherapistId, c.Version }).ToListAsync();
        var card = cards.MinBy(c => Math.Abs(c.Version - 200))!;
        return (card.CourseId, DemoNetwork.Members.Single(m => m.Id == card.TherapistId).Email, card.Version);
    }

    private static async Task<HttpClient> SignInAsync(Uri url, string email)
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = url };
        var page = await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in", ["__RequestVerificationToken"] = Token().Match(page).Groups[1].Value, ["Form.Email"] = email, ["Form.Password"] = DemoNetwork.Password,
        });
        using var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        return answer.StatusCode == HttpStatusCode.Found ? client : throw new InvalidOperationException($"Signing in answered {answer.StatusCode}.");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

/// <summary>An audit that can be left out, for a measurement: it exists nowhere but here.</summary>
internal sealed class SwitchedAuditLog(string connectionString, IServiceProvider services)
    : AuditLog(services.GetRequiredService<TimeProvider>(), services.GetRequiredService<AuditMetrics>())
{
    private readonly SqliteAuditLog real = new(connectionString, services.GetRequiredService<WriteTurns>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<AuditMetrics>());

    private long written;

    /// <summary>False: entries are made and thrown away.</summary>
    public bool IsOn { get; set; } = true;

    public long Written => Interlocked.Read(ref written);

    public override void Demand() => real.Demand();

    public override Task WriteAsync(params IReadOnlyList<AuditEntry> entries)
    {
        if (!IsOn) return Task.CompletedTask;
        Interlocked.Add(ref written, entries.Count);
        return real.WriteAsync(entries);
    }

    public override async ValueTask DisposeAsync()
    {
        await real.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override Task CommitAsync(IReadOnlyList<AuditEntry> entries) => throw new InvalidOperationException("The real one writes.");
}
