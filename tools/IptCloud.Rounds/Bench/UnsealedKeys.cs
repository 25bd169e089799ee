using System.Collections.Concurrent;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Rounds.Bench;

/// <summary>The null cipher: stores everything as version 0, which every installation can read. It exists here alone, to measure what sealing costs.</summary>
internal sealed class UnsealedKeys(Databases databases, IMasterKeys master, OpenedKeys opened, TimeProvider clock) : NetworkKeys(databases, master, opened, clock)
{
    private readonly ConcurrentDictionary<NetworkId, KeyRing> rings = new();

    public override ValueTask<KeyRing> RingAsync(NetworkId network, int needed = 0, CancellationToken ct = default) => new(rings.GetOrAdd(network, n => new Unsealed(n)));

    private sealed class Unsealed(NetworkId network) : KeyRing(network, [KeyValuePair.Create(1, new byte[32])])
    {
        public override Sealed Seal(in Place place, ReadOnlySpan<byte> text) => new(text.ToArray(), 0);
    }
}
