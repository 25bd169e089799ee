using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using IptCloud.Data.Journal;
using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Keys;

/// <summary>The data keys of networks, for whoever reads or writes their records.</summary>
/// <param name="clock">The system clock.</param>
public class NetworkKeys(Databases databases, IMasterKeys master, OpenedKeys opened, TimeProvider clock)
{
    /// <summary>An unwrapped key is forgotten after this long, so that an erased network is unreadable everywhere within a minute.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<NetworkId, (KeyRing Ring, long Since)> known = new();

    /// <summary>The network's keys.</summary>
    /// <param name="needed">The highest key version among what is to be opened: another process may have made it a moment ago.</param>
    /// <exception cref="NetworkErasedException">The network's keys were deleted.</exception>
    /// <exception cref="UnreadableException">The network has no keys, or they do not open.</exception>
    public virtual async ValueTask<KeyRing> RingAsync(NetworkId network, int needed = 0, CancellationToken ct = default) // virtual: see KeyRing.Seal
    {
        if (known.TryGetValue(network, out var found) && found.Ring.Newest >= needed && clock.GetElapsedTime(found.Since) < Remembered) return found.Ring;
        known.TryRemove(network, out _);
        var since = clock.GetTimestamp(); // before the reading, or keys erased during it would live longer than they may
        var ring = await ReadAsync(network, ct);
        known[network] = (ring, since);
        return ring;
    }

    /// <summary>
    /// What every place does that adds a network: gives it its first data key, and seals its link key, which is made where the row
    /// brings none. The row is then added and saved by the caller, who must not hold the turn to write meanwhile.
    /// </summary>
    public async Task<NetworkRow> FoundAsync(NetworkRow network, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        await AddAsync(network.NetworkId, ct);
        var ring = await RingAsync(network.NetworkId, ct: ct);
        (network.LinkKey, network.KeyVersion) = ring.Seal(Place.LinkKey, network.LinkKey is { Length: > 0 } brought ? brought : RandomNumberGenerator.GetBytes(32));
        return network;
    }

    /// <summary>Makes the first data key of a network that has none. Repeating it changes nothing; an erased network stays erased.</summary>
    public async Task AddAsync(NetworkId network, CancellationToken ct = default)
    {
        await using var db = databases.Make(DatabaseRole.Keys, network);
        if (await db.NetworkKeys.AnyAsync(k => k.NetworkId == network, ct)) return;
        master.Demand(mayMake: !await AnyWrappedAsync(ct));
        db.NetworkKeys.Add(Make(network, 1));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // The other half of a double click was quicker. Anything else surfaces.
            await using var again = databases.Make(DatabaseRole.Keys, network);
            if (!await again.NetworkKeys.AnyAsync(k => k.NetworkId == network, ct)) throw;
        }
    }

    /// <summary>After every migration: makes sure of the master key, and gives keys to networks from before there were any.</summary>
    /// <exception cref="MasterKeyException">It is missing though something was wrapped with it, or it is not kept safely.</exception>
    public async Task PrepareAsync(CancellationToken ct = default)
    {
        master.Demand(mayMake: !await AnyWrappedAsync(ct));
        foreach (var network in await WithoutAsync(ct)) await AddAsync(network, ct);
    }

    /// <summary>A new data key, wrapped.</summary>
    internal NetworkKeyRow Make(NetworkId network, int version)
    {
        var wrapped = master.Wrap(RandomNumberGenerator.GetBytes(Box.KeyBytes), KeyUse.DataKey(network, version));
        return new() { NetworkId = network, Version = version, Wrapped = wrapped.Bytes, MasterKey = wrapped.MasterKey, CreatedAt = clock.GetUtcNow() };
    }

    private async Task<List<NetworkId>> WithoutAsync(CancellationToken ct)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Keys, ct);
        var all = await db.Networks.AcrossNetworks().Select(n => n.NetworkId).ToListAsync(ct);
        return [.. all.Except(await db.NetworkKeys.AcrossNetworks().Select(k => k.NetworkId).ToListAsync(ct))];
    }

    /// <summary>Something is there that only an existing master key opens: keys of a network, or of the portal's own protection.</summary>
    private async Task<bool> AnyWrappedAsync(CancellationToken ct)
    {
        await using (var db = await databases.ReadAsync(DatabaseRole.Keys, ct))
            if (await db.NetworkKeys.AcrossNetworks().AnyAsync(k => k.Wrapped != null, ct)) return true;
        await using var directory = await databases.ReadAsync(DatabaseRole.Directory, ct);
        return await directory.DataProtectionKeys.AnyAsync(k => k.Xml!.Contains(ProtectionKeyXml.Element), ct);
    }

    private async Task<KeyRing> ReadAsync(NetworkId network, CancellationToken ct)
    {
        List<NetworkKeyRow> rows;
        try
        {
            await using var db = await databases.ReadAsync(network, ct);
            rows = await db.NetworkKeys.AsNoTracking().Where(k => k.NetworkId == network).ToListAsync(ct);
        }
        catch (Exception e) when (e is DbException || e.InnerException is DbException)
        {
            // As the journal does: the database's own exceptions must not reach a process without its driver.
            throw new JournalUnavailableException("The network's keys cannot be read: the database failed.", e);
        }

        if (rows.Count == 0) throw new UnreadableException($"Network {network} has no data keys.");
        if (rows.Any(r => r.Wrapped is null)) throw new NetworkErasedException(network);
        KeyRing ring = new(network, rows.Select(r => KeyValuePair.Create(r.Version, master.Unwrap(new(r.MasterKey, r.Wrapped!), KeyUse.DataKey(network, r.Version)))));
        opened.Note(network, ring.Newest);
        return ring;
    }
}
