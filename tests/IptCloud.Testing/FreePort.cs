using System.Net;
using System.Net.Sockets;

namespace IptCloud.Testing;

/// <summary>
/// A loopback port nobody listens on, with the one after it, for what cannot listen on port 0 and tell its port. No other test
/// gets it while this process runs, in whichever process. It lies below the ports that a machine gives to outgoing connections
/// (Linux: from 32,768 on), as do those 10,000 and 20,000 above it, which a silo takes unasked: none is lost in between.
/// </summary>
public static class FreePort
{
    private const int First = 10_240;
    private const int Pairs = (12_768 - First) / 2;

    // What is given out is marked by a UDP socket of the same number: nothing here speaks UDP, and the system forgets the mark with the process.
    private static readonly List<Socket> marks = [];
    private static readonly Lock gate = new();
    private static int next = Random.Shared.Next(Pairs);

    /// <exception cref="InvalidOperationException">All are taken.</exception>
    public static int Next()
    {
        lock (gate)
        {
            for (var tried = 0; tried < Pairs; tried++)
            {
                var port = First + (2 * (next++ % Pairs));
                if (Mark(port) is not { } mark) continue;
                marks.Add(mark);
                if (IsFree(port) && IsFree(port + 1)) return port;
            }
        }

        throw new InvalidOperationException($"All ports from {First} on are taken.");
    }

    private static Socket? Mark(int port)
    {
        Socket mark = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            mark.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return mark;
        }
        catch (SocketException)
        {
            mark.Dispose();
            return null;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Any, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
