using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Audit;

/// <summary>
/// Hears, from the reads that open clients' records, whose were shown or changed. The portal listens and writes the audit of
/// its requests from it, so that no page has to remember to; work without a reader, such as a delivery, listens to nothing.
/// </summary>
public sealed class ClientWatch
{
    private readonly AsyncLocal<IClientSightings?> listener = new();

    /// <summary>Who listens in the current flow of control.</summary>
    public IClientSightings? Listener { set => listener.Value = value; }

    internal void Shown(NetworkId network, params ReadOnlySpan<ClientId> clients) => listener.Value?.Shown(network, clients);

    internal void Changed(NetworkId network, ClientId client) => listener.Value?.Changed(network, client);
}

/// <summary>Somebody for whom records are read.</summary>
public interface IClientSightings
{
    /// <summary>Names or records of these clients were read to be shown.</summary>
    void Shown(NetworkId network, ReadOnlySpan<ClientId> clients);

    /// <summary>A client's record was stored.</summary>
    void Changed(NetworkId network, ClientId client);
}
