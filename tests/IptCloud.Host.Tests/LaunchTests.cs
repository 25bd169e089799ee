using System.Net;
using System.Net.Sockets;
using IptCloud.Contracts.Billing;
using IptCloud.Data.Billing;
using IptCloud.Host.Billing;
using IptCloud.Host.Verbs;
using IptCloud.Host.Worker;
using IptCloud.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Host;

public sealed class LaunchTests
{
    [Theory]
    [InlineData("Smtp__Port takes a number, not 'abc'.", "Host=mail", "FromAddress=a@example.org", "Port=abc")]
    [InlineData("Smtp__Port: The field Port must be between 1 and 65535.", "Host=mail", "FromAddress=a@example.org", "Port=70000")]
    [InlineData("Smtp__Security takes StartTls, Tls, None, not 'bogus'.", "Host=mail", "FromAddress=a@example.org", "Security=bogus")]
    [InlineData("Smtp__FromAddress: The FromAddress field is required.", "Host=mail")]
    [InlineData("Smtp__Host: The Host field is required.", "FromAddress=a@example.org")]
    public void Settings_of_mail_that_cannot_be_meant_are_said_before_anything_starts(string said, params string[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => s.Split('=')).Select(s => KeyValuePair.Create($"Smtp:{s[0]}", (string?)s[1]))).Build();
        Assert.Equal(said, Assert.Throws<LaunchException>(() => SmtpSettings.Of(configuration)).Message);
    }

    [Theory]
    [InlineData("IPTCLOUD_POSTGRES")]
    [InlineData("IPTCLOUD_DATA")]
    [InlineData("IPTCLOUD_URL")]
    [InlineData("IPTCLOUD_ROLES")]
    [InlineData("IPTCLOUD_PUBLIC_URL")]
    [InlineData("IPTCLOUD_PROXIES")]
    [InlineData("IPTCLOUD_SCRAPERS")]
    [InlineData("IPTCLOUD_SECRETS")]
    [InlineData("Cluster__Address")]
    [InlineData("Cluster__SiloPort")]
    [InlineData("Cluster__GatewayPort")]
    [InlineData("Cluster__DrainSeconds")]
    [InlineData("Cluster__Certificate")]
    [InlineData("Cluster__Key")]
    [InlineData("Cluster__Authority")]
    [InlineData("Azure__Connection")]
    [InlineData("Azure__BlobService")]
    [InlineData("Azure__TableService")]
    [InlineData("Azure__ClientId")]
    [InlineData("Azure__Name")]
    [InlineData("Smtp__Host")]
    [InlineData("Smtp__Port")]
    [InlineData("Smtp__FromAddress")]
    [InlineData("Smtp__Security")]
    [InlineData("Smtp__User")]
    [InlineData("Smtp__Password")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("Stripe__ApiKey")]
    [InlineData("Stripe__WebhookSecret")]
    public void Help_names_every_variable_that_is_read(string variable) => Assert.Contains(variable, Launch.Usage, StringComparison.Ordinal);

    /// <summary>Hazard 49: in a cluster nobody can come to believe that simulated money is real.</summary>
    [Theory]
    [InlineData("Host=127.0.0.1;Database=nothing;Username=nobody", false)]
    [InlineData(null, true)]
    public async Task The_simulator_exists_on_an_embedded_installation_only(string? postgres, bool simulated)
    {
        using TempFolder folder = new();
        await using var app = Serve.Build(Launch.Parse(["--data", folder.Path, "--simulator", "http://localhost:1"], name => name == "IPTCLOUD_POSTGRES" ? postgres : null));
        Assert.Equal(simulated, app.Services.GetService<SimulatedStripe>() is not null);
        Assert.Equal(new BillingProfile(simulated, simulated), app.Services.GetRequiredService<BillingProfile>());
    }

    [Theory]
    [InlineData("http://portal.example.org")]
    [InlineData("https://portal.example.org/clinic")]
    [InlineData("https://me@portal.example.org")]
    [InlineData("portal.example.org")]
    public void A_public_address_is_https_and_a_host(string address) => Assert.Throws<LaunchException>(() => Launch.Parse(["--public-url", address], _ => null));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("10.2.0.1", false)]
    public void Metrics_are_for_this_machine_and_those_that_are_named(string from, bool may) =>
        Assert.Equal(may, Launch.Parse([], name => name == "IPTCLOUD_SCRAPERS" ? "10.1.0.0/16" : null).MayScrape(System.Net.IPAddress.Parse(from)));

    /// <summary>As compose, Kubernetes and systemd hand them over; the master key beside them stays out of the configuration.</summary>
    [Fact]
    public async Task Files_named_like_settings_are_settings()
    {
        using TempFolder folder = new();
        foreach (var (name, text) in new[] { ("Smtp__Password", "pass word\n"), ("Smtp__Host", "mail.example.org"), ("Smtp__FromAddress", "notes@example.org"), ("Smtp__User", ""), ("master.key", "key 00 AA") }) await File.WriteAllTextAsync(folder.File(name), text, TestContext.Current.CancellationToken);
        await using var app = Serve.Build(Launch.Parse(["--data", folder.File("data"), "--no-billing"], name => name == "CREDENTIALS_DIRECTORY" ? folder.Path : null));
        Assert.Equal("pass word", app.Configuration["Smtp:Password"]);
        Assert.DoesNotContain(app.Configuration.AsEnumerable(), s => s.Value == "key 00 AA");
        Assert.Throws<LaunchException>(() => Serve.Build(Launch.Parse(["--data", folder.File("data")], name => name == "IPTCLOUD_SECRETS" ? folder.File("nothing") : null)));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_before_anything_is_made_and_the_portals_first()
    {
        using TempFolder folder = new();
        using TcpListener portal = new(IPAddress.Loopback, 0), simulator = new(IPAddress.Loopback, 0);
        portal.Start();
        simulator.Start();
        string at = $"http://localhost:{((IPEndPoint)portal.LocalEndpoint).Port}", simulated = $"http://localhost:{((IPEndPoint)simulator.LocalEndpoint).Port}";
        async Task<string> RefusalAsync() => (await Assert.ThrowsAsync<LaunchException>(() => Serve.RunAsync(Launch.Parse(["--data", folder.File("data"), "--url", at, "--simulator", simulated], _ => null)))).Message;
        Assert.StartsWith(at, await RefusalAsync(), StringComparison.Ordinal);
        portal.Stop();
        Assert.StartsWith(simulated, await RefusalAsync(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("data")));
    }

    [Fact]
    public void A_worker_is_told_where_the_portal_is()
    {
        static Launch Worker(params string[] more) => Launch.Parse(["--roles", "worker", .. more], name => name == "IPTCLOUD_POSTGRES" ? "Host=127.0.0.1" : null);
        Assert.Throws<LaunchException>(() => Worker());
        Assert.Equal("https://portal.example.org/", Worker("--public-url", "https://portal.example.org").PublicUrl.ToString());
    }

    [Fact]
    public async Task Nobody_is_billed_where_one_asks_for_that()
    {
        using TempFolder folder = new();
        await using var app = Serve.Build(Launch.Parse(["--data", folder.Path, "--no-billing"], _ => null));
        Assert.Equal(BillingProfile.Off, app.Services.GetRequiredService<BillingProfile>());
        Assert.Null(app.Services.GetService<IBillingProvider>());
    }
}
