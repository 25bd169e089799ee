using System.Collections.Immutable;
using IptCloud.Data.Billing;
using IptCloud.Data.Messages;
using IptCloud.Data.Storage;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Telemetry;

/// <summary>Reads <see cref="Promises"/> with the worker's login. Every question is answered by an index over what is open, so that it costs what waits, never what exists.</summary>
public sealed class PromiseReader(Databases databases)
{
    /// <summary>How things stand.</summary>
    /// <param name="clinic">Now, by the clinic clock.</param>
    /// <param name="system">Now, by the system clock.</param>
    /// <param name="speed">How fast the clinic clock runs: what waits for a worker waits on people's clocks.</param>
    public async Task<Promises> ReadAsync(DateTimeOffset clinic, DateTimeOffset system, double speed, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Worker, ct);
        var due = await db.DueWork.AcrossNetworks().OrderBy(d => d.VisibleAt).Select(d => (DateTimeOffset?)d.VisibleAt).FirstOrDefaultAsync(ct);
        var waiting = await db.Outbox.AcrossNetworks().Where(m => m.State == OutboxStates.Pending).OrderBy(m => m.VisibleAt).Select(m => (DateTimeOffset?)m.VisibleAt).FirstOrDefaultAsync(ct);
        var messages = ImmutableDictionary.CreateBuilder<string, int>();
        foreach (var state in new[] { OutboxStates.Pending, OutboxStates.Sending }) messages[state] = await db.Outbox.AcrossNetworks().CountAsync(m => m.State == state, ct);
        // These stay for ever; what is older than a day was looked at, or nobody will.
        var yesterday = clinic.AddDays(-1);
        foreach (var state in new[] { OutboxStates.MaybeSent, OutboxStates.Failed }) messages[state] = await db.Outbox.AcrossNetworks().CountAsync(m => m.State == state && m.VisibleAt > yesterday, ct);
        var raised = await db.Alerts.AcrossNetworks().Where(a => a.ClosedAt == null && a.AcknowledgedAt == null).Select(a => a.RaisedAt).ToListAsync(ct);
        // Since when it waits, not when it is tried next: each attempt that fails sets that later.
        var order = await db.SeatOrders.AcrossNetworks().Where(o => o.State == SeatOrderStates.Pending).OrderBy(o => o.At).Select(o => (DateTimeOffset?)o.At).FirstOrDefaultAsync(ct);
        await using var directory = await databases.ReadAsync(DatabaseRole.Directory, ct);
        var signal = await directory.BillingEvents.Where(e => e.State == BillingEventStates.Waiting).OrderBy(e => e.ReceivedAt).Select(e => (DateTimeOffset?)e.ReceivedAt).FirstOrDefaultAsync(ct);
        var ages = raised.Select(at => Age(clinic, at)).ToList();
        return new(
            Age(clinic, due) / speed, Age(clinic, waiting) / speed, messages.ToImmutable(),
            Promises.AlertAges.ToImmutableDictionary(a => a.Name, a => ages.Count(age => Promises.AlertAges.First(b => age < b.UpTo).Name == a.Name)),
            ages.DefaultIfEmpty().Max(), Age(system, signal), Age(system, order));
    }

    private static TimeSpan Age(DateTimeOffset now, DateTimeOffset? since) => since is { } at && at < now ? now - at : TimeSpan.Zero;
}
