using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Keys;

/// <summary>A secret wrapped by a master key.</summary>
/// <param name="MasterKey">Which master key opens it.</param>
public sealed record WrappedKey(string MasterKey, byte[] Bytes);

/// <summary>
/// What wraps the keys of networks and of the portal's own protection. A file here; a key vault, which never hands out its
/// keys, can stand in its place. Several master keys are known by id: the newest wraps, each opens what it wrapped.
/// </summary>
public interface IMasterKeys
{
    /// <summary>The id of the key that wraps.</summary>
    string Newest { get; }

    /// <summary>Makes sure that there is a key.</summary>
    /// <param name="mayMake">True only while nothing has been wrapped yet: a new key would open none of it.</param>
    /// <exception cref="MasterKeyException">There is none, and none may be made; or it is not kept safely.</exception>
    void Demand(bool mayMake);

    /// <summary>Adds a key, which wraps from now on.</summary>
    /// <exception cref="MasterKeyException">Keys are added by hand here.</exception>
    void Add();

    /// <summary>Wraps a secret. It opens only where <paramref name="use"/> is the same.</summary>
    WrappedKey Wrap(ReadOnlySpan<byte> secret, KeyUse use);

    /// <summary>Opens a wrapped secret.</summary>
    /// <exception cref="NetworkErasedException">It belongs to a network that was erased, e.g. in a restored backup.</exception>
    /// <exception cref="UnreadableException">It was wrapped for another use, was changed, or its master key is not known.</exception>
    byte[] Unwrap(WrappedKey wrapped, KeyUse use);

    /// <summary>From now on opens nothing of this network, wherever it comes from: a backup still holds its wrapped keys.</summary>
    /// <exception cref="MasterKeyException">Erasures are noted by hand here.</exception>
    void Forget(NetworkId network);
}

/// <summary>What a wrapped secret is for; part of what is authenticated.</summary>
/// <param name="Network">Whose it is; null: the installation's.</param>
public readonly record struct KeyUse(string Purpose, NetworkId? Network = null, int Version = 0)
{
    /// <summary>A network's data key.</summary>
    public static KeyUse DataKey(NetworkId network, int version) => new("data-key", network, version);

    /// <summary>As it is authenticated.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Purpose}|{Network?.Value:N}|{Version}");
}
