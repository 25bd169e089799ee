using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Keys;

/// <summary>One version of a network's data key. The row stays when the network is erased, without its key.</summary>
public sealed class NetworkKeyRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>1, 2, 3 …; the highest seals.</summary>
    public int Version { get; set; }
    /// <summary>The data key, wrapped by the master key for this network and version; null: erased.</summary>
    public byte[]? Wrapped { get; set; }
    /// <summary>Which master key wrapped it.</summary>
    public string MasterKey { get; set; } = "";
    /// <summary>When it was made, by the system clock.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
