using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace IptCloud.Host.Cluster;

/// <summary>A cluster whose processes know one another by certificate.</summary>
public sealed class TlsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Authority ours = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => ours.Dispose();

    [Fact, Trait("Needs", "postgres")]
    public async Task Nobody_takes_part_without_a_certificate_of_the_clusters_authority()
    {
        await using var site = await ClusterSite.CreateAsync();
        var (certificate, key) = ours.Issue("silo");
        (site.Variables["Cluster__Certificate"], site.Variables["Cluster__Key"], site.Variables["Cluster__Authority"]) = (certificate, key, ours.RootFile);
        var silo = await site.StartAsync("silo");
        var portal = await site.StartAsync("portal");
        await site.AwaitAsync(ClusterSite.UrlOf(portal), ready: true);

        using Authority others = new();
        var strange = others.Issue("stranger");
        var ports = silo.Services.GetRequiredService<IOptions<EndpointOptions>>().Value;
        foreach (var port in new[] { ports.SiloPort, ports.GatewayPort })
        {
            Assert.True(await IsTurnedAwayAsync(port, null));
            using var stranger = X509Certificate2.CreateFromPemFile(strange.Certificate, strange.Key);
            Assert.True(await IsTurnedAwayAsync(port, stranger));
            using var member = X509Certificate2.CreateFromPemFile(certificate, key);
            Assert.False(await IsTurnedAwayAsync(port, member));
        }
    }

    [Fact]
    public void An_address_that_others_reach_needs_certificates()
    {
        Dictionary<string, string> variables = new() { ["Cluster__Address"] = "10.1.2.3" };
        Assert.Contains("could act as a portal", Assert.Throws<LaunchException>(() => ClusterSettings.Read(variables.GetValueOrDefault)).Message, StringComparison.Ordinal);
        var (certificate, key) = ours.Issue("silo");
        (variables["Cluster__Certificate"], variables["Cluster__Key"]) = (certificate, key);
        Assert.Contains("belong together", Assert.Throws<LaunchException>(() => ClusterSettings.Read(variables.GetValueOrDefault)).Message, StringComparison.Ordinal);
        variables["Cluster__Authority"] = ours.RootFile;
        Assert.Equal("10.1.2.3", ClusterSettings.Read(variables.GetValueOrDefault).Address.ToString());
        variables["Cluster__Address"] = "0.0.0.0";
        Assert.Throws<LaunchException>(() => ClusterSettings.Read(variables.GetValueOrDefault));
    }

    [Fact]
    public void A_certificate_that_nobody_would_take_is_said_at_the_start()
    {
        using Authority others = new();
        var (certificate, key) = ours.Issue("silo");
        _ = new ClusterTls(certificate, key, ours.RootFile);
        Assert.Throws<LaunchException>(() => new ClusterTls(certificate, key, others.RootFile));
        Assert.Throws<LaunchException>(() => new ClusterTls(certificate, ours.Issue("other").Key, ours.RootFile));
        Assert.Throws<LaunchException>(() => new ClusterTls(certificate, key + ".gone", ours.RootFile));
    }

    /// <summary>The other side ends the connection instead of waiting for the first message.</summary>
    private static async Task<bool> IsTurnedAwayAsync(int port, X509Certificate2? certificate)
    {
        using TcpClient tcp = new();
        await tcp.ConnectAsync("127.0.0.1", port, Ct);
        await using SslStream tls = new(tcp.GetStream());
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        enough.CancelAfter(certificate?.Subject == "CN=silo" ? Patience / 10 : Patience);
        try
        {
#pragma warning disable CA5359 // who listens is not in question here
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "iptcloud", ClientCertificates = certificate is null ? null : [certificate], RemoteCertificateValidationCallback = (_, _, _, _) => true }, enough.Token);
#pragma warning restore CA5359
            return await tls.ReadAsync(new byte[1], enough.Token) == 0;
        }
        catch (IOException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
