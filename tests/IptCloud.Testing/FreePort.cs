using System.Net;
using System.Net.Sockets;

namespace IptCloud.Testing;

/// <summary>
/// A loopback port nobody listens on now. Another process may take it before it is used: what can listen on
/// port 0 and tell its port should do that instead.
/// </summary>
public static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
