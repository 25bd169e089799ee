using System.Collections.Concurrent;
using IptCloud.Data.Audit;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Keys;

/// <summary>
/// Which networks' data keys this process has unwrapped, for the audit. Keys are opened in the middle of other writing, which
/// an entry must not wait for; so they are noted here, and written with the next sealing, a minute later at most.
/// </summary>
/// <param name="clock">The system clock.</param>
public sealed class OpenedKeys(AuditLog log, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(NetworkId Network, int Version), bool> written = new();

    /// <summary>Notes that the keys up to a version were unwrapped. Once for a process and version.</summary>
    internal void Note(NetworkId network, int newest) => written.TryAdd((network, newest), false);

    /// <summary>Writes what was noted since the last time. What could not be written is tried again the next time.</summary>
    /// <exception cref="AuditUnavailableException">The audit cannot be written.</exception>
    public async Task WriteAsync()
    {
        var waiting = written.Where(w => !w.Value).Select(w => w.Key).ToList();
        await log.WriteAsync(waiting.ConvertAll(w => AuditEntry.New(w.Network, clock.GetUtcNow(), AuditActor.System, AuditActions.Key, AuditOutcome.Done) with { Detail = KeyDeeds.Opened }));
        foreach (var key in waiting) written[key] = true;
    }
}
