using System.Globalization;
using System.Net;

namespace IptCloud.Host.Cluster;

/// <summary>How the processes of a cluster find and reach one another.</summary>
internal sealed record ClusterSettings
{
    /// <summary>The address on which silo and gateway listen, and which the others are told; nothing else is listened on.</summary>
    public IPAddress Address { get; private init; } = IPAddress.Loopback;

    /// <summary>Where other silos connect; null: see <see cref="ClusterPorts"/>.</summary>
    public int? SiloPort { get; private init; }

    /// <summary>Where portals and workers connect; null: see <see cref="ClusterPorts"/>.</summary>
    public int? GatewayPort { get; private init; }

    /// <summary>PEM file of this process's certificate; null: connections are not encrypted, which is for one machine only.</summary>
    public string? Certificate { get; private init; }

    /// <summary>PEM file of the certificate's private key.</summary>
    public string? Key { get; private init; }

    /// <summary>PEM file of the authority that signed the certificates of all processes of this cluster, and of nothing else.</summary>
    public string? Authority { get; private init; }

    /// <summary>How long a process that is told to stop goes on answering, not ready: until whoever sends requests has noticed.</summary>
    public TimeSpan Drain { get; private init; }

    /// <summary>Reads the variables <c>Cluster__…</c>.</summary>
    /// <exception cref="LaunchException">One of them is not understood, or would let strangers in.</exception>
    public static ClusterSettings Read(Func<string, string?> environment)
    {
        var settings = Words(environment);
        var given = new[] { settings.Certificate, settings.Key, settings.Authority }.Count(f => f is { Length: > 0 });
        if (given is not (0 or 3)) throw new LaunchException("Cluster__Certificate, Cluster__Key and Cluster__Authority belong together: name all three, or none.");
        if (given == 0 && !IPAddress.IsLoopback(settings.Address)) throw new LaunchException($"On Cluster__Address={settings.Address} whoever reaches the port could act as a portal. Name Cluster__Certificate, Cluster__Key and Cluster__Authority.");
        return settings;
    }

    private static ClusterSettings Words(Func<string, string?> environment) => new()
    {
        Certificate = environment("Cluster__Certificate"),
        Key = environment("Cluster__Key"),
        Authority = environment("Cluster__Authority"),
        Address = environment("Cluster__Address") is not { Length: > 0 } address ? IPAddress.Loopback
            : IPAddress.TryParse(address, out var parsed) && !parsed.Equals(IPAddress.Any) && !parsed.Equals(IPAddress.IPv6Any) ? parsed
            : throw new LaunchException($"Cluster__Address takes an IP address of this machine, not '{address}': the others are told it as well."),
        SiloPort = Port(environment, "Cluster__SiloPort"),
        GatewayPort = Port(environment, "Cluster__GatewayPort"),
        Drain = environment("Cluster__DrainSeconds") is not { Length: > 0 } seconds ? TimeSpan.Zero
            : int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var drain) && drain <= 300 ? TimeSpan.FromSeconds(drain)
            : throw new LaunchException($"Cluster__DrainSeconds takes a number up to 300, not '{seconds}'."),
    };

    private static int? Port(Func<string, string?> environment, string variable) =>
        environment(variable) is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port
        : throw new LaunchException($"{variable} takes a port number, not '{text}'.");
}
