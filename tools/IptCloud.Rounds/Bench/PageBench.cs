using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using IptCloud.Data.Networks;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Protocols;
using IptCloud.Host;
using IptCloud.Host.Storage;
using IptCloud.Host.Verbs;
using IptCloud.Rounds.Load;
using IptCloud.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Rounds.Bench;

/// <summary>Pages over HTTP, signed in: CPU of the whole process per request, bytes over the wire, time. One therapist has 60 courses, another 2,000.</summary>
internal static partial class PageBench
{
    private const int Requests = 300;
    private const int Small = 60;
    private const string Password = "a long enough password";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var large = arguments.Number("courses", 2_000);
        using var folder = new TempFolder();
        var url = new Uri($"http://localhost:{FreePort.Next()}");
        var launch = Launch.Parse(["--data", folder.Path, "--url", url.ToString(), "--no-demo"], _ => null);
        await using var app = Serve.Build(launch);
        await Schema.MigrateAsync(app.Services);
        await app.StartAsync();
        var site = new Site(app.Services);
        await site.PrepareAsync(Small + large, course => course < Small ? 0 : 1);
        for (var n = 3; n < 200; n++) await site.DoAsync(0, 0, new ChooseFocus((FocusArea)(n % 4), "Chosen by the run"), $"fill {n}");
        using var few = await SignInAsync(app.Services, url, 0);
        using var many = await SignInAsync(app.Services, url, 1);

        Console.WriteLine($"{"page",-34} {"CPU ms",8} {"ms p50",8} {"HTML KB",8} {"KB br",8}");
        await MeasureAsync(few, "/", "My day");
        await MeasureAsync(few, "/caseload", $"Caseload of {Small}");
        await MeasureAsync(many, "/caseload", $"Caseload of {large:N0}");
        await MeasureAsync(many, "/caseload?page=40", $"Caseload of {large:N0}, page 40");
        await MeasureAsync(many, "/caseload?q=1999", $"Caseload of {large:N0}, search");
        await MeasureAsync(few, $"/courses/{Site.Course(0).Course}", "Course, 200 events");
        await app.StopAsync();
        SqliteConnection.ClearAllPools();
        return 0;
    }

    private static async Task MeasureAsync(HttpClient client, string path, string name)
    {
        for (var i = 0; i < Requests / 3; i++) (await client.GetAsync(new Uri(path, UriKind.Relative))).EnsureSuccessStatusCode();
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        List<double> times = [];
        for (var i = 0; i < Requests; i++)
        {
            var started = TimeProvider.System.GetTimestamp();
            await client.GetByteArrayAsync(new Uri(path, UriKind.Relative));
            times.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
        }

        process.Refresh();
        var cpu = (process.TotalProcessorTime - before).TotalMilliseconds / Requests;
        times.Sort();
        var plain = (await client.GetByteArrayAsync(new Uri(path, UriKind.Relative))).Length;
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Encoding", "br" } } };
        using var answer = await client.SendAsync(request);
        var packed = (await answer.Content.ReadAsByteArrayAsync()).Length;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-34} {cpu,8:N2} {times[Requests / 2],8:N2} {plain / 1024.0,8:N1} {packed / 1024.0,8:N1}"));
    }

    private static async Task<HttpClient> SignInAsync(IServiceProvider services, Uri url, int therapist)
    {
        await using (var scope = services.CreateAsyncScope())
        {
            var user = new StaffUser { Id = Site.User(therapist), UserName = $"t{therapist}@example.org", Email = $"t{therapist}@example.org", EmailConfirmed = true };
            var made = await scope.ServiceProvider.GetRequiredService<UserManager<StaffUser>>().CreateAsync(user, Password);
            if (!made.Succeeded) throw new InvalidOperationException(string.Join("; ", made.Errors.Select(e => e.Description)));
        }

        var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = url };
        var page = await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = Token().Match(page).Groups[1].Value,
            ["Form.Email"] = $"t{therapist}@example.org",
            ["Form.Password"] = Password,
        });
        using var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        return answer.StatusCode == HttpStatusCode.Found ? client : throw new InvalidOperationException($"Signing in answered {answer.StatusCode}.");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
