using IptCloud.Domain.Audit;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Audit;

/// <summary>
/// Hears, from the reads that open clients' records, whose were shown or changed, and from changes of people and settings what was done. The portal listens and writes the audit of
/// its requests from it, so that no page has to remember to; work without a reader, such as a delivery, listens to nothing.
/// </summary>
public sealed class AuditWatch
{
    private readonly AsyncLocal<IAuditListener?> listener = new();

    /// <summary>Who listens in the current flow of control.</summary>
    public IAuditListener? Listener { set => listener.Value = value; }

    internal void Shown(NetworkId network, params ReadOnlySpan<ClientId> clients) => listener.Value?.Shown(network, clients);

    internal void Changed(NetworkId network, ClientId client) => listener.Value?.Changed(network, client);

    /// <summary>People or settings of a network were changed, or somebody tried who may not.</summary>
    public void Settled(NetworkId network, SettingsChange change, Guid? subject, bool denied = false) => listener.Value?.Settled(network, change, subject, denied);
}

/// <summary>Somebody for whom records are read.</summary>
public interface IAuditListener
{
    /// <summary>Names or records of these clients were read to be shown.</summary>
    void Shown(NetworkId network, ReadOnlySpan<ClientId> clients);

    /// <summary>A client's record was stored.</summary>
    void Changed(NetworkId network, ClientId client);

    /// <summary>People or settings of a network were changed, or somebody tried who may not.</summary>
    /// <param name="subject">The member, clinic or invitation.</param>
    void Settled(NetworkId network, SettingsChange change, Guid? subject, bool denied);
}
