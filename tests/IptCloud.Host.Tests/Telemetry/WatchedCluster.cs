using System.Collections.Immutable;
using System.Net;
using Hangfire;
using IptCloud.Contracts.Billing;
using IptCloud.Contracts.Courses;
using IptCloud.Data.Access;
using IptCloud.Data.Billing;
using IptCloud.Data.Clients;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Host.Audit;
using IptCloud.Host.Browser;
using IptCloud.Host.Cluster;
using IptCloud.Stripe.Billing;
using IptCloud.StripeSimulator;
using IptCloud.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IptCloud.Host.Telemetry;

/// <summary>A silo, a portal and a worker as real processes on PostgreSQL, with mail and a simulated Stripe, and what a test does to them.</summary>
public sealed class WatchedCluster : IAsyncLifetime
{
    private readonly HttpClient visitor = new(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false, CheckCertificateRevocationList = true });
    private readonly HttpClient stranger = new(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false, CheckCertificateRevocationList = true });
    private ClusterSite site = null!;
    private WebApplication driver = null!;
    private readonly TempFolder folder = new();
    private StripeSimulatorServer stripe = null!;
    private SmtpSink? mail;

    public System.Diagnostics.Process Worker { get; private set; } = null!;

    public PrometheusServer Prometheus { get; private set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        mail = await SmtpSink.StartAsync(Ct);
        stripe = await StripeSimulatorServer.StartAsync(new() { DatabaseFile = folder.File("stripe.db"), Url = new($"http://localhost:{FreePort.Next()}"), ApiKey = "sk_test_watched" }, Ct);
        site = await ClusterSite.CreateAsync();
        foreach (var (name, value) in new[]
        {
            ("Smtp__Host", mail.Host), ("Smtp__Port", $"{mail.Port}"), ("Smtp__Security", "None"), ("Smtp__FromAddress", "post@clinic.example"),
            ("Stripe__ApiKey", "sk_test_watched"), ("Stripe__WebhookSecret", "whsec_watched"), ("Stripe__ApiBase", stripe.Url.ToString()), ("Logging__LogLevel__Default", "None"),
        }) site.Variables[name] = value;
        var (silo, portal, worker) = (site.Spawn("silo"), site.Spawn("portal"), site.Spawn("worker"));
        await site.AwaitAsync(silo.Url, ready: true);
        Worker = worker.Process;
        driver = await site.StartAsync("portal"); // sends the commands; nobody scrapes it
        await SiteClinic.PlantAsync(driver.Services);
        foreach (var url in new[] { portal.Url, worker.Url }) await site.AwaitAsync(url, ready: true);
        visitor.BaseAddress = stranger.BaseAddress = portal.Url;
        Prometheus = await PrometheusServer.StartAsync(("silo", silo.Url), ("portal", portal.Url), ("worker", worker.Url));
    }

    public async Task SignInAsync()
    {
        Assert.Equal(HttpStatusCode.Found, await AuditSite.TrySignInAsync(visitor, SiteClinic.Therapist.Email, SiteClinic.Password));
        using var answer = await AuditSite.PostAsync(visitor, "/sign-in/code", "/sign-in/code", new() { ["_handler"] = "code", ["Form.Code"] = Totp.Code(SiteClinic.Therapist.AppKey, Totp.StepOf(TimeProvider.System.GetUtcNow())) });
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    public async Task<HttpStatusCode> OpenAsync(string page)
    {
        using var answer = await visitor.GetAsync(new Uri(page, UriKind.Relative), Ct);
        return answer.StatusCode;
    }

    /// <summary>A wrong password.</summary>
    public Task MistypeAsync() => AuditSite.TrySignInAsync(stranger, "nobody@clinic.example", "wrong");

    /// <summary>A webhook that Stripe did not sign.</summary>
    public async Task<HttpStatusCode> SignalAsync()
    {
        using StringContent content = new("{}");
        using var answer = await visitor.PostAsync(new Uri("/webhooks/stripe", UriKind.Relative), content, Ct);
        return answer.StatusCode;
    }

    /// <summary>A course that is started.</summary>
    public async Task<CourseKey> StartCourseAsync()
    {
        CourseKey key = new(SiteClinic.NetworkId, new(Guid.NewGuid()));
        ClientId client = new(Guid.NewGuid());
        await driver.Services.GetRequiredService<ClientRecords>().AddAsync(key.Network, client, new("Ines", "Example", SiteClinic.Zone, "en-GB", "ines@client.example", true, null, false, true), Ct);
        foreach (var command in new CourseCommand[] { new ReferCourse(client, SiteClinic.Therapist.Id, SiteClinic.ClinicId, "ipt-16", 1, "Asks for help."), new StartCourse() })
            Assert.Empty((await SendAsync(key, command)).Refusals.Select(r => r.Text));
        return key;
    }

    /// <summary>A form on paper that says the client may harm themselves: an alert, and letters to therapist and duty lead.</summary>
    public async Task RaiseAlertAsync(CourseKey course) =>
        Assert.Empty((await SendAsync(course, new EnterMeasure(new(Guid.NewGuid()), "phq-9", 1, null, Enumerable.Range(1, 9).ToImmutableSortedDictionary(i => i, i => (int?)1)))).Refusals.Select(r => r.Text));

    public Task<CommandResult> SendAsync(CourseKey course, CourseCommand command)
    {
        CourseRequest request = new(new(Guid.NewGuid()), SiteClinic.Therapist.Actor, command);
        return driver.Services.GetRequiredService<IGrainFactory>().CallCourseAsync(course, g => g.ExecuteAsync(request));
    }

    /// <summary>The network is a customer, and more of its seats are counted than people sit on.</summary>
    public async Task MiscountSeatsAsync()
    {
        await driver.Services.GetRequiredService<StripeCatalog>().EnsurePriceAsync(Ct);
        Assert.Null((await driver.Services.GetRequiredService<IBillingProvider>().SubscribeAsync(SiteClinic.NetworkId, new("A network", "owner@clinic.example"), 5, null, Guid.NewGuid(), Ct)).Refused);
        await AddAsync(new SeatsRow { NetworkId = SiteClinic.NetworkId, Kept = 90, Ceiling = 100, Granted = 90, Used = 90 });
    }

    /// <summary>A portal on a machine whose clock is three seconds ahead: less than what keeps it from starting.</summary>
    public async Task AddPortalAheadAsync()
    {
        var (_, url) = site.Spawn("portal", ahead: "3s");
        await site.AwaitAsync(url, ready: true);
        await Prometheus.AddAsync("portal", url);
    }

    /// <summary>The mail server is gone.</summary>
    public async Task StopMailAsync()
    {
        if (mail is not null) await mail.DisposeAsync();
        mail = null;
    }

    /// <summary>Has a nightly or minutely job run now.</summary>
    public void Run(string job) => new RecurringJobManager(driver.Services.GetRequiredService<JobStorage>()).Trigger(job);

    public async Task AddAsync(params object[] rows)
    {
        await using var db = driver.Services.GetRequiredService<Databases>().Make(DatabaseRole.Owner, SiteClinic.NetworkId);
        db.AddRange(rows);
        await db.SaveChangesAsync(Ct);
    }

    /// <summary>As the database's superuser, whom no trigger and no policy stops.</summary>
    public async Task<int> DoAsync(string sql)
    {
        await using NpgsqlConnection connection = new(site.Database.ConnectionString);
        await connection.OpenAsync(Ct);
        await using NpgsqlCommand command = new($"set session_replication_role = replica; {sql}", connection);
        return await command.ExecuteNonQueryAsync(Ct);
    }

    /// <summary>Does something while a table is locked.</summary>
    public async Task WhileLockedAsync(string table, double seconds, Func<Task> act)
    {
        await using NpgsqlConnection connection = new(site.Database.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await using (NpgsqlCommand locked = new($"lock table {table}", connection)) await locked.ExecuteNonQueryAsync(Ct);
        var acting = act();
        await using (NpgsqlCommand held = new("select pg_sleep($1)", connection) { Parameters = { new() { Value = seconds } } }) await held.ExecuteNonQueryAsync(Ct);
        await transaction.CommitAsync(Ct);
        await acting;
    }

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        stranger.Dispose();
        if (Prometheus is not null) await Prometheus.DisposeAsync();
        if (site is not null) await site.DisposeAsync();
        await StopMailAsync();
        if (stripe is not null) await stripe.DisposeAsync();
        folder.Dispose();
    }
}
