using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using IptCloud.Data.Access;
using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using IptCloud.Host;
using IptCloud.Host.Demo;
using IptCloud.Host.Storage;
using IptCloud.Host.Verbs;
using IptCloud.Rounds.Load;
using IptCloud.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Rounds.Bench;

/// <summary>Pages over HTTP, signed in: CPU of the whole serving process per request, warmed up; bytes over the wire; time. One therapist has 60 courses, another 2,000.</summary>
internal static partial class PageBench
{
    private const int Rounds = 5;
    private const int Requests = 200;
    private static double floor;
    private const int Small = 60;
    public const string Password = "a long enough password";

    private static readonly ConditionalWeakTable<HttpClient, CookieContainer> Cookies = [];

    // What the authenticator app of every therapist of the measurement holds.
    public static readonly byte[] AppKey = [.. Enumerable.Range(0, Totp.KeyBytes).Select(i => (byte)i)];

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var large = arguments.Number("courses", 2_000);
        using var folder = new TempFolder();
        var url = new Uri($"http://localhost:{FreePort.Next()}");
        var launch = Launch.Parse(["--data", folder.Path, "--url", url.ToString()], _ => null);
        await using var app = Serve.Build(launch);
        await Schema.MigrateAsync(app.Services);
        await app.StartAsync();
        var site = new Site(app.Services);
        await site.PrepareAsync(Small + large, course => course < Small ? 0 : 1);
        var demo = await DemoCoursesAsync(app.Services);
        using var few = await SignInAsync(url, await UserAsync(app.Services, 0), Password);
        using var many = await SignInAsync(url, await UserAsync(app.Services, 1), Password);

        Console.WriteLine($"{"page",-38} {"CPU ms",8} {"x floor",8} {"ms p50",8} {"HTML KB",8} {"KB br",8}");
        await MeasureAsync(few, "/help", "Help: the layout and words, the floor", warm: 4000);
        await MeasureAsync(few, "/", $"My day of {Small} courses");
        await MeasureAsync(few, "/caseload", $"Caseload of {Small}");
        await MeasureAsync(many, "/caseload", $"Caseload of {large:N0}");
        await MeasureAsync(many, $"/caseload?page={large / 50}", $"Caseload of {large:N0}, page {large / 50}");
        await MeasureAsync(many, "/caseload?q=1999", $"Caseload of {large:N0}, search");
        foreach (var (course, therapist, events) in demo)
        {
            using var own = await SignInAsync(url, DemoNetwork.Members.Single(m => m.Id == therapist).Email, DemoNetwork.Password);
            await MeasureAsync(own, "/", "My day of the demo");
            await MeasureAsync(own, $"/courses/{course}", $"Course of the demo, {events} events", warm: 4000);
            var first = await FirstLoadAsync(own, $"/courses/{course}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"  its first load, with font, styles and script",-66}{first / 1024.0,16:N1}"));
        }

        await app.StopAsync();
        SqliteConnection.ClearAllPools();
        return 0;
    }

    private static async Task MeasureAsync(HttpClient client, string path, string name, int warm = 1000)
    {
        var url = new Uri(client.BaseAddress!, path);
        var (cpu, median) = await PageVisitor.MeasureAsync(url, Cookies.GetOrCreateValue(client).GetCookieHeader(url), warm, Rounds, Requests);
        if (floor == 0) floor = cpu;
        var plain = (await client.GetByteArrayAsync(url)).Length;
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { { "Accept-Encoding", "br" } } };
        using var answer = await client.SendAsync(request);
        var packed = (await answer.Content.ReadAsByteArrayAsync()).Length;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-38} {cpu,8:N2} {cpu / floor,8:N1} {median,8:N2} {plain / 1024.0,8:N1} {packed / 1024.0,8:N1}"));
    }

    /// <summary>Of the demo's courses, which were led by the commands of real use: the one nearest to 200 events, and the one with most.</summary>
    private static async Task<List<(CourseId Course, MemberId Therapist, long Events)>> DemoCoursesAsync(IServiceProvider services)
    {
        var setup = services.GetRequiredService<DemoSetup>();
        while (await setup.StandingAsync(default) != DemoStanding.Ready) await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        await using var db = await services.GetRequiredService<Databases>().ReadAsync(DemoNetwork.Id);
        var cards = await db.CourseCards.Where(c => c.NetworkId == DemoNetwork.Id).Select(c => new { c.CourseId, c.TherapistId, c.Version }).ToListAsync();
        return [.. new[] { cards.MinBy(c => Math.Abs(c.Version - 200))!, cards.MaxBy(c => c.Version)! }.Select(c => (c.CourseId, c.TherapistId, c.Version))];
    }

    private static async Task<long> FirstLoadAsync(HttpClient client, string path)
    {
        var page = await client.GetStringAsync(new Uri(path, UriKind.Relative));
        long bytes = 0;
        foreach (var address in Assets().Matches(page).Select(m => m.Groups[1].Value).Distinct().Prepend(path))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "Accept-Encoding", "br, gzip" } } };
            using var answer = await client.SendAsync(request);
            bytes += (await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Length;
        }

        return bytes;
    }

    public static async Task<string> UserAsync(IServiceProvider services, int therapist)
    {
        var email = $"t{therapist}@example.org";
        await using var scope = services.CreateAsyncScope();
        var user = new StaffUser { Id = Site.User(therapist), UserName = email, Email = email, EmailConfirmed = true };
        var made = await scope.ServiceProvider.GetRequiredService<UserManager<StaffUser>>().CreateAsync(user, Password);
        if (!made.Succeeded) throw new InvalidOperationException(string.Join("; ", made.Errors.Select(e => e.Description)));
        await services.GetRequiredService<SecondFactors>().SetAuthenticatorAsync(user.Id, AppKey, 0);
        return email;
    }

    public static async Task<HttpClient> SignInAsync(Uri url, string email, string password)
    {
        var cookies = new CookieContainer();
        var client = new HttpClient(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = url };
        Cookies.Add(client, cookies);
        var next = await SendAsync(client, "/sign-in", new() { ["_handler"] = "sign-in", ["Form.Email"] = email, ["Form.Password"] = password });
        // The demo's people have no second factor.
        if (next.StartsWith("/sign-in/code", StringComparison.Ordinal)) await SendAsync(client, "/sign-in/code", new() { ["_handler"] = "code", ["Form.Code"] = Totp.Code(AppKey, Totp.StepOf(TimeProvider.System.GetUtcNow())) });
        return client;
    }

    private static async Task<string> SendAsync(HttpClient client, string path, Dictionary<string, string> fields)
    {
        Uri address = new(path, UriKind.Relative);
        fields["__RequestVerificationToken"] = Token().Match(await client.GetStringAsync(address)).Groups[1].Value;
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await client.PostAsync(address, form);
        if (answer.StatusCode != HttpStatusCode.Found) throw new InvalidOperationException($"Signing in at {path} answered {answer.StatusCode}.");
        return answer.Headers.Location is { IsAbsoluteUri: true } to ? to.PathAndQuery : answer.Headers.Location?.OriginalString ?? "";
    }

    [GeneratedRegex("(?:href|src)=\"(/_content/[^\"]+)\"")]
    private static partial Regex Assets();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
