using System.Net;
using System.Net.Sockets;
using IptCloud.Host.Billing;
using IptCloud.Host.Storage;

namespace IptCloud.Host.Verbs;

/// <summary>The addresses that a process listens on, tried before anything is made or started.</summary>
internal static class Ports
{
    /// <summary>Fails if another program listens there. The portal's comes first: the simulator's follows from it.</summary>
    /// <exception cref="LaunchException">Which one, and what to do.</exception>
    public static void DemandFree(Launch launch)
    {
        if (IsTaken(launch.Url)) throw PortalIsTaken(launch);
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables();
        configuration.AddSecrets(launch);
        if (BillingHosting.IsSimulated(launch, configuration.Build()) && IsTaken(launch.SimulatorUrl)) throw SimulatorIsTaken(launch);
    }

    public static LaunchException PortalIsTaken(Launch launch) => new($"{launch.Url} is in use by another program. Choose another address with --url.");

    public static LaunchException SimulatorIsTaken(Launch launch) => new($"{launch.SimulatorUrl} is in use by another program. Choose another address for the simulated payment service with --simulator, or go without with --no-billing.");

    private static bool IsTaken(Uri url) => Addresses(url).Any(a => IsTaken(new IPEndPoint(a, url.Port)));

    /// <summary>As Kestrel reads them: a name other than localhost means every address.</summary>
    private static IPAddress[] Addresses(Uri url) =>
        url.IdnHost == "localhost" ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : IPAddress.TryParse(url.IdnHost, out var one) ? [one] : [IPAddress.Any, IPAddress.IPv6Any];

    private static bool IsTaken(IPEndPoint end)
    {
        try
        {
            using Socket socket = new(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(end);
            return false;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.AddressAlreadyInUse; // whatever else, Kestrel knows what to do about
        }
    }
}
