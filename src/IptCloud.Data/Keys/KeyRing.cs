using System.Text;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Keys;

/// <summary>What is stored of a text: the box, and which data key it was sealed with (0: it is not sealed).</summary>
public readonly record struct Sealed(byte[] Payload, int KeyVersion);

/// <summary>A network's data keys, unwrapped: the newest seals, each opens what it sealed. Keep it for one operation only, so that erased keys are forgotten.</summary>
public class KeyRing
{
    private readonly Dictionary<int, Box> keys;

    /// <summary>Of unwrapped keys by version.</summary>
    internal KeyRing(NetworkId network, IEnumerable<KeyValuePair<int, byte[]>> unwrapped)
    {
        Network = network;
        keys = unwrapped.ToDictionary(k => k.Key, k => new Box(k.Value, k.Key));
        Newest = keys.Keys.Max();
    }

    /// <summary>Whose keys.</summary>
    public NetworkId Network { get; }

    /// <summary>The version that seals.</summary>
    public int Newest { get; }

    /// <summary>True if what was sealed with this version can be opened.</summary>
    public bool Knows(int version) => version == 0 || keys.ContainsKey(version);

    /// <summary>Seals text for its place.</summary>
    public virtual Sealed Seal(in Place place, ReadOnlySpan<byte> text) => // virtual for tools/IptCloud.Rounds alone, which measures what it costs
        new(keys[Newest].Seal(text, place.About(stackalloc byte[Place.MostBytes], Network, Newest)), Newest);

    /// <summary>Seals text for its place.</summary>
    public Sealed Seal(in Place place, string text) => Seal(place, Encoding.UTF8.GetBytes(text));

    /// <summary>Opens what lies at a place. Version 0 was stored before there were keys.</summary>
    /// <exception cref="UnreadableException">It was sealed for another place, was changed, or its key is not there.</exception>
    public byte[] Open(in Place place, byte[] payload, int keyVersion)
    {
        if (keyVersion == 0) return payload;
        return keys.TryGetValue(keyVersion, out var box) && box.Open(payload, place.About(stackalloc byte[Place.MostBytes], Network, keyVersion)) is { } text
            ? text
            : throw new UnreadableException($"{place} in network {Network} does not open with key {keyVersion}.");
    }

    /// <summary>Opens what lies at a place, as text.</summary>
    /// <exception cref="UnreadableException">As <see cref="Open"/>.</exception>
    public string OpenText(in Place place, byte[] payload, int keyVersion) => Encoding.UTF8.GetString(Open(place, payload, keyVersion));
}
