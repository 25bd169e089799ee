using System.Xml.Linq;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Keys;

/// <summary>New keys while everything runs, and the end of a network's keys. A person runs these.</summary>
public sealed class KeyRotation(Databases databases, IMasterKeys master, NetworkKeys keys)
{
    /// <summary>
    /// Wraps every key with the newest master key; makes a new one first unless an earlier run, or a person, has left some keys
    /// behind the newest. Records are not touched. Older master keys still open backups until they are taken away.
    /// </summary>
    /// <returns>How many keys were wrapped anew.</returns>
    public async Task<int> RotateMasterAsync(CancellationToken ct = default)
    {
        var rows = await AllAsync(ct);
        if (rows.TrueForAll(r => r.MasterKey == master.Newest)) master.Add();
        var done = 0;
        foreach (var row in rows.Where(r => r.MasterKey != master.Newest))
        {
            var use = KeyUse.DataKey(row.NetworkId, row.Version);
            var next = master.Wrap(master.Unwrap(new(row.MasterKey, row.Wrapped!), use), use);
            await using var db = await databases.WriteAsync(DatabaseRole.Keys, ct);
            done += await db.NetworkKeys.AcrossNetworks().Where(k => k.NetworkId == row.NetworkId && k.Version == row.Version && k.MasterKey == row.MasterKey && k.Wrapped != null)
                .ExecuteUpdateAsync(u => u.SetProperty(k => k.Wrapped, next.Bytes).SetProperty(k => k.MasterKey, next.MasterKey), ct);
        }

        return done + await RewrapProtectionAsync(ct);
    }

    /// <summary>A new data key for a network. Whoever writes next uses it, each process within a minute.</summary>
    /// <returns>Its version.</returns>
    public async Task<int> RotateAsync(NetworkId network, CancellationToken ct = default)
    {
        await using var db = databases.Make(DatabaseRole.Keys, network);
        var rows = await db.NetworkKeys.AsNoTracking().Where(k => k.NetworkId == network).ToListAsync(ct);
        if (rows.Count == 0) throw new UnreadableException($"There is no network {network} with data keys.");
        if (rows.Any(r => r.Wrapped is null)) throw new NetworkErasedException(network);
        var made = keys.Make(network, rows.Max(r => r.Version) + 1);
        db.NetworkKeys.Add(made);
        await db.SaveChangesAsync(ct);
        return made.Version;
    }

    /// <summary>The networks that have keys.</summary>
    public async Task<List<NetworkId>> NetworksAsync(CancellationToken ct = default) => [.. (await AllAsync(ct)).Select(r => r.NetworkId).Distinct()];

    /// <summary>Deletes a network's keys: nothing of it can be read again, by any process after a minute, nor from a backup with this master key.</summary>
    /// <returns>How many keys it had.</returns>
    public async Task<int> EraseAsync(NetworkId network, CancellationToken ct = default)
    {
        int erased;
        await using (var db = await databases.WriteAsync(DatabaseRole.Keys, ct))
        {
            await db.OverwriteDeletedAsync(ct);
            erased = await db.NetworkKeys.AcrossNetworks().Where(k => k.NetworkId == network && k.Wrapped != null)
                .ExecuteUpdateAsync(u => u.SetProperty(k => k.Wrapped, (byte[]?)null), ct);
            await db.RemoveRemnantsAsync(ct);
        }

        master.Forget(network);
        return erased;
    }

    private async Task<List<NetworkKeyRow>> AllAsync(CancellationToken ct)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Keys, ct);
        return await db.NetworkKeys.AcrossNetworks().AsNoTracking().Where(k => k.Wrapped != null).OrderBy(k => k.NetworkId).ThenBy(k => k.Version).ToListAsync(ct);
    }

    private async Task<int> RewrapProtectionAsync(CancellationToken ct)
    {
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        var done = 0;
        foreach (var key in await db.DataProtectionKeys.Where(k => k.Xml!.Contains(ProtectionKeyXml.Element)).ToListAsync(ct))
        {
            var xml = XElement.Parse(key.Xml!);
            foreach (var wrapped in xml.Descendants(ProtectionKeyXml.Element).Where(w => ProtectionKeyXml.MasterKeyOf(w) != master.Newest).ToList())
            {
                wrapped.ReplaceWith(ProtectionKeyXml.Wrap(master, ProtectionKeyXml.Unwrap(master, wrapped)));
                done++;
            }

            key.Xml = xml.ToString(SaveOptions.DisableFormatting);
        }

        await db.SaveChangesAsync(ct);
        return done;
    }
}
