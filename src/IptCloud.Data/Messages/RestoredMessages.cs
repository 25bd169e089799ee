using IptCloud.Data.Storage;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Messages;

/// <summary>
/// A restored copy knows nothing of what left, and of what was charted, after the backup: what waited then may have been sent
/// since, and a client who came may look as if they had not.
/// </summary>
public sealed class RestoredMessages(Databases databases)
{
    /// <summary>Messages to clients that waited are maybe sent: shown to a person, never repeated. Those to staff still leave. Repeating it changes nothing.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SettleAsync(DateTimeOffset now, CancellationToken ct = default)
    {
        await using var db = await databases.WriteAsync(DatabaseRole.Worker, ct);
        return await db.Outbox.AcrossNetworks().Where(m => m.Recipient == null && (m.State == OutboxStates.Pending || m.State == OutboxStates.Sending))
            .ExecuteUpdateAsync(u => u.SetProperty(m => m.State, OutboxStates.MaybeSent).SetProperty(m => m.SettledAt, now).SetProperty(m => m.Detail, "waited when the backup was made"), ct);
    }

    /// <summary>No deadline wakes its course before then.</summary>
    /// <returns>How many would have.</returns>
    public async Task<int> HoldAsync(DateTimeOffset until, CancellationToken ct = default)
    {
        await using var db = await databases.WriteAsync(DatabaseRole.Worker, ct);
        return await db.DueWork.AcrossNetworks().Where(d => d.VisibleAt < until).ExecuteUpdateAsync(u => u.SetProperty(d => d.VisibleAt, until), ct);
    }
}
