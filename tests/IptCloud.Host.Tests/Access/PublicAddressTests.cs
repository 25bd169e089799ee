using System.Net;
using IptCloud.Data.Storage;
using IptCloud.Host.Audit;
using IptCloud.Host.Browser;
using IptCloud.Host.Storage;
using IptCloud.Host.Verbs;
using IptCloud.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Host.Access;

/// <summary>The portal behind a proxy that ends TLS: it listens on http and is reached by https.</summary>
public sealed class PublicAddressTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly Uri url = new($"http://localhost:{FreePort.Next()}");
    private WebApplication? app;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        app = Serve.Build(Launch.Parse(["--data", folder.Path, "--url", url.ToString(), "--public-url", "https://portal.example.org", "--no-demo", "--no-billing"], name => name == "IPTCLOUD_PROXIES" ? "127.0.0.1,::1" : null));
        await Schema.MigrateAsync(app.Services);
        await app.StartAsync();
        await SiteClinic.PlantAsync(app.Services);
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task Cookies_and_headers_are_those_of_the_public_address()
    {
        using var client = Client();
        using var page = await AskAsync(client, "/sign-in", "portal.example.org");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("max-age=", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
        Assert.All(page.Headers.GetValues("Set-Cookie"), c =>
        {
            Assert.StartsWith("__Host-", c, StringComparison.Ordinal);
            Assert.Contains("secure", c, StringComparison.OrdinalIgnoreCase);
        });
        using var home = await AskAsync(client, "/caseload", "portal.example.org");
        Assert.StartsWith("https://portal.example.org/sign-in", new Uri(new("https://portal.example.org"), home.Headers.Location!).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example", "/sign-in", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", "/sign-in", HttpStatusCode.MisdirectedRequest)]
    [InlineData("10.0.0.7", "/health/live", HttpStatusCode.OK)]
    public async Task Another_name_is_turned_away_except_by_what_watches_the_process(string host, string path, HttpStatusCode status)
    {
        using var client = Client();
        using var answer = await AskAsync(client, path, host, ("X-Forwarded-Host", "portal.example.org"));
        Assert.Equal(status, answer.StatusCode);
    }

    /// <summary>What the proxy says stands in the audit; what the visitor says before it does not.</summary>
    [Fact]
    public async Task The_senders_address_is_what_the_named_proxy_says()
    {
        using var client = Client();
        using var page = await AskAsync(client, "/sign-in", "portal.example.org");
        using FormUrlEncodedContent form = new(new Dictionary<string, string> { ["_handler"] = "sign-in", ["Form.Email"] = SiteClinic.Therapist.Email, ["Form.Password"] = "not the right one", ["__RequestVerificationToken"] = AuditSite.TokenOf(await page.Content.ReadAsStringAsync(Ct)) });
        using HttpRequestMessage send = new(HttpMethod.Post, new Uri(url, "/sign-in")) { Content = form };
        send.Headers.Host = "portal.example.org";
        send.Headers.Add("Cookie", string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0])));
        send.Headers.Add("X-Forwarded-For", "203.0.113.9, 198.51.100.4");
        using var answer = await client.SendAsync(send, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using var db = await app!.Services.GetRequiredService<Databases>().ReadAsync(DatabaseRole.Audit);
        Assert.Contains("198.51.100.4", await db.AuditEntries.AcrossNetworks().Select(a => a.Origin).ToListAsync(Ct));
        Assert.DoesNotContain("203.0.113.9", await db.AuditEntries.AcrossNetworks().Select(a => a.Origin).ToListAsync(Ct));
    }

    private static HttpClient Client() => new(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false, CheckCertificateRevocationList = true });

    private async Task<HttpResponseMessage> AskAsync(HttpClient client, string path, string host, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage ask = new(HttpMethod.Get, new Uri(url, path));
        ask.Headers.Host = host;
        foreach (var (name, value) in headers) ask.Headers.Add(name, value);
        return await client.SendAsync(ask, Ct);
    }
}
