using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Clients;

/// <summary>A client's record. All that is personal is in the payload, sealed with the network's key.</summary>
public sealed class ClientRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>The client.</summary>
    public ClientId ClientId { get; set; }
    /// <summary>Raised with every change; a stale form is noticed by it.</summary>
    public int Version { get; set; }
    /// <summary><see cref="Domain.Clients.ClientRecord"/> as JSON, sealed.</summary>
    public byte[] Payload { get; set; } = [];
    /// <summary>Which data key the payload is sealed with; 0 = not sealed.</summary>
    public int KeyVersion { get; set; }
}
