using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using IptCloud.Host.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace IptCloud.Host.Networks;

/// <summary>What the embedded profile can be reached by from elsewhere: by nothing.</summary>
[Collection("audit")]
public sealed class ListenerTests(AuditSite site)
{
    [Fact]
    public async Task Attack_27_silo_gateway_and_portal_answer_on_loopback_only()
    {
        var silo = site.Services.GetRequiredService<IOptions<EndpointOptions>>().Value;
        int[] ports = [silo.SiloPort, silo.GatewayPort, site.Url.Port];
        var machine = IPGlobalProperties.GetIPGlobalProperties();
        var listeners = machine.GetActiveTcpListeners().Where(l => ports.Contains(l.Port)).ToList();
        Assert.Equal(ports.Order(), listeners.Select(l => l.Port).Distinct().Order());
        Assert.All(listeners, l => Assert.True(IPAddress.IsLoopback(l.Address), $"{l} can be reached from elsewhere."));

        // The same, tried: from this machine by the addresses that others know it by.
        var addresses = NetworkInterface.GetAllNetworkInterfaces().SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address).Where(a => !IPAddress.IsLoopback(a) && !a.IsIPv6LinkLocal);
        foreach (var address in addresses)
            foreach (var port in ports)
            {
                using TcpClient client = new(address.AddressFamily);
                var refused = await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(address, port, TestContext.Current.CancellationToken).AsTask());
                Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
            }
    }
}
