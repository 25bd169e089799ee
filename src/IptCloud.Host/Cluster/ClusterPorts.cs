using System.Net;
using System.Net.Sockets;

namespace IptCloud.Host.Cluster;

/// <summary>
/// The ports of silo and gateway where none is named. They follow from the portal's, which no two processes of a machine
/// share, so that a process that was killed comes back at its own place: the cluster then knows at once that the one before
/// is gone, instead of waiting for it.
/// </summary>
internal static class ClusterPorts
{
    private const int Silo = 10_000;
    private const int Gateway = 20_000;
    private const int Last = 65_535;

    /// <summary>Where other silos connect.</summary>
    public static int SiloPort(Launch launch) => launch.Cluster.SiloPort ?? Beside(launch, Silo);

    /// <summary>Where portals and workers connect.</summary>
    public static int GatewayPort(Launch launch) => launch.Cluster.GatewayPort ?? Beside(launch, Gateway);

    /// <summary>A port that nobody listens on now: for what talks to its own process only.</summary>
    public static int Free(IPAddress address, int port = 0)
    {
        using var probe = new TcpListener(address, port);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static int Beside(Launch launch, int distance)
    {
        var port = launch.Url.Port + distance <= Last ? launch.Url.Port + distance : launch.Url.Port - distance;
        try
        {
            return Free(launch.Cluster.Address, port);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return Free(launch.Cluster.Address);
        }
        catch (SocketException)
        {
            throw new LaunchException($"Cluster__Address takes an IP address of this machine, not '{launch.Cluster.Address}': the others are told it as well.");
        }
    }
}
