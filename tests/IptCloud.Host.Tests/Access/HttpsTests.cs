using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IptCloud.Data.Access;
using IptCloud.Host.Audit;
using IptCloud.Host.Browser;
using IptCloud.Host.Storage;
using IptCloud.Host.Verbs;
using IptCloud.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Host.Access;

/// <summary>The portal at an https address, with a certificate of its own: every cookie that it sets on the way in.</summary>
public sealed class HttpsTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly Uri url = new($"https://localhost:{FreePort.Next()}");
    private readonly X509Certificate2 certificate = Certificate();
    private WebApplication? app;

    public async ValueTask InitializeAsync()
    {
        app = Serve.Build(
            Launch.Parse(["--data", folder.Path, "--url", url.ToString(), "--no-demo"], _ => null),
            services => services.Configure<KestrelServerOptions>(o => o.ConfigureHttpsDefaults(h => h.ServerCertificate = certificate)));
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
        certificate.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Every_cookie_is_bound_to_the_host_and_to_https()
    {
        List<string> set = [];
        CookieContainer jar = new();
        using SocketsHttpHandler handler = new() { CookieContainer = jar, AllowAutoRedirect = false, SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, c, _, _) => c is not null && c.GetCertHashString() == certificate.GetCertHashString() } };
        using HttpClient client = new(handler) { BaseAddress = url };

        async Task<HttpResponseMessage> KeepAsync(HttpResponseMessage answer)
        {
            if (answer.Headers.TryGetValues("Set-Cookie", out var cookies)) set.AddRange(cookies);
            Assert.True(answer.Headers.TryGetValues("Content-Security-Policy", out _));
            return answer;
        }

        async Task PostAsync(string page, params (string Field, string Value)[] fields)
        {
            var shown = await KeepAsync(await client.GetAsync(At(page), Ct));
            var token = AuditSite.TokenOf(await shown.Content.ReadAsStringAsync(Ct));
            Assert.Equal(HttpStatusCode.Found, (await KeepAsync(await AuditSite.SendAsync(client, token, page, fields.Select(f => KeyValuePair.Create(f.Field, f.Value))))).StatusCode);
        }

        await PostAsync("/sign-up", ("_handler", "network"), ("which", "up"), ("up.network", "Hill Practice"), ("up.name", "Noor Hill"), ("up.email", "noor@hill.example"), ("up.password", SiteClinic.Password));
        await PostAsync("/sign-in", ("_handler", "sign-in"), ("Form.Email", SiteClinic.Therapist.Email), ("Form.Password", SiteClinic.Password));
        await PostAsync("/sign-in/code", ("_handler", "code"), ("Form.Code", Totp.Code(SiteClinic.Therapist.AppKey, Totp.StepOf(TimeProvider.System.GetUtcNow()))));
        var day = await KeepAsync(await client.GetAsync(At("/"), Ct));

        Assert.Equal(HttpStatusCode.OK, day.StatusCode);
        Assert.Equal(["__Host-ipt", "__Host-ipt-form", "__Host-ipt-pending", "__Host-ipt-sign-up"], set.Select(c => c.Split('=')[0]).Distinct().Order(StringComparer.Ordinal));
        Assert.All(set, c =>
        {
            var parts = c.Split(';', StringSplitOptions.TrimEntries).Skip(1).Select(p => p.ToLowerInvariant()).ToList();
            Assert.Contains("secure", parts);
            Assert.Contains("httponly", parts);
            Assert.Contains("path=/", parts);
            Assert.Contains(parts, p => p is "samesite=lax" or "samesite=strict");
            Assert.DoesNotContain(parts, p => p.StartsWith("domain", StringComparison.Ordinal));
        });
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/nothing-here")]
    [InlineData("/l/no-such-link")]
    [InlineData("/webhooks/stripe")]
    public async Task Browsers_are_told_to_come_by_https_only(string page)
    {
        using SocketsHttpHandler handler = new() { AllowAutoRedirect = false, SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, c, _, _) => c is not null && c.GetCertHashString() == certificate.GetCertHashString() } };
        using HttpClient client = new(handler) { BaseAddress = url };
        using HttpRequestMessage request = new(HttpMethod.Get, At(page));
        request.Headers.Host = "portal.example"; // localhost itself must stay reachable without
        using var answer = await client.SendAsync(request, Ct);
        var said = Assert.Single(answer.Headers.GetValues("Strict-Transport-Security"));
        Assert.Contains($"max-age={TimeSpan.FromDays(365).TotalSeconds}", said, StringComparison.Ordinal);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Uri At(string path) => new(path, UriKind.Relative);

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
