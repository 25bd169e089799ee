using System.Net;
using System.Net.Sockets;

namespace IptCloud.Testing;

public sealed class FreePortTests
{
    private const int FirstForOutgoingConnections = 32_768;

    [Fact]
    public void It_can_be_listened_on_with_the_one_after_it()
    {
        var port = FreePort.Next();
        using TcpListener portal = new(IPAddress.Loopback, port), simulator = new(IPAddress.Loopback, port + 1);

        portal.Start();
        simulator.Start();
    }

    [Fact]
    public void None_is_given_twice_nor_to_an_outgoing_connection()
    {
        var ports = Enumerable.Range(0, 50).Select(_ => FreePort.Next()).ToList();

        Assert.Equal(ports.Count, ports.Distinct().Count());
        Assert.All(ports, p => Assert.True(p + 20_000 < FirstForOutgoingConnections));
    }

    [Fact]
    public void Another_process_does_not_get_what_is_given()
    {
        using Socket other = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

        Assert.Throws<SocketException>(() => other.Bind(new IPEndPoint(IPAddress.Loopback, FreePort.Next())));
    }
}
