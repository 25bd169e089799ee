using IptCloud.Domain.Identifiers;

namespace IptCloud.Contracts.Networks;

/// <summary>
/// The network a call is made for, carried beside the call. Not proof of identity: pages and jobs set it from what they
/// have validated, and the grain's filter compares it with the key.
/// </summary>
public static class RequestNetwork
{
    private const string Key = "ipt.network";

    /// <summary>Sets the network for the calls that follow in this flow.</summary>
    public static void Set(NetworkId network) => RequestContext.Set(Key, network.ToString());

    /// <summary>The network of this flow; null if none was set.</summary>
    public static string? Current => RequestContext.Get(Key) as string;
}
