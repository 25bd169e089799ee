using System.Collections.Immutable;
using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using IptCloud.Domain.Billing;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Billing;

/// <summary>How a network stands, for the platform's operators: no name, no record.</summary>
public sealed record BillingState(NetworkId Network, SubscriptionStatus Status, int Billed, int Granted, int Used, DateTimeOffset? PeriodEnd, DateTimeOffset? PastDueSince, DateTimeOffset RefreshedAt, DateTimeOffset? CheckedAt, bool Drift);

/// <summary>The nightly comparison of members, seats and bill, and its mending. Outside the way of events, so that no loop can arise.</summary>
public sealed class SeatChecks(Databases databases, SeatBook seats, TimeProvider system)
{
    /// <summary>Compares one network whose subscription was just read from Stripe, mends what differs, and writes down what was found.</summary>
    public async Task<SeatCheckRow> CheckAsync(NetworkId network, CancellationToken ct = default)
    {
        var now = system.GetUtcNow();
        await using var db = await databases.WriteAsync(network, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await PeopleChanges.LockAsync(db, network, ct);
        var counted = await seats.CountAsync(db, network, ct);
        var stored = await db.Seats.SingleOrDefaultAsync(s => s.NetworkId == network, ct);
        var subscription = await db.Subscriptions.AsNoTracking().SingleAsync(s => s.NetworkId == network, ct);
        var onTheWay = await db.SeatOrders.AnyAsync(o => o.NetworkId == network && o.State == SeatOrderStates.Pending, ct);
        int? billed = subscription.Status.TakesSeats() ? subscription.Billed : null;
        var differs = (stored is not null && (stored.Used != counted.Used || stored.Granted != counted.Granted)) || (billed is not null && billed != counted.Granted && !onTheWay);
        SeatCheckRow row = new() { NetworkId = network, At = now, Counted = counted.Used, Used = stored?.Used ?? counted.Used, Granted = stored?.Granted ?? counted.Granted, Billed = billed, Drift = differs };
        db.SeatChecks.Add(row);
        if (stored is not null) (stored.Used, stored.Granted) = (counted.Used, counted.Granted);
        await db.SaveChangesAsync(ct);
        if (billed is not null && billed != counted.Granted && !onTheWay) await seats.OrderAsync(db, network, counted.Granted, Guid.CreateVersion7(now), ct);
        await transaction.CommitAsync(ct);
        return row;
    }

    /// <summary>Every network that is a customer, those in trouble first.</summary>
    public async Task<ImmutableArray<BillingState>> StatesAsync(CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Worker, ct);
        var subscriptions = await db.Subscriptions.AcrossNetworks().Select(s => new { s.NetworkId, s.Status, s.Billed, s.PeriodEnd, s.PastDueSince, s.RefreshedAt }).ToListAsync(ct);
        var granted = await db.Seats.AcrossNetworks().Select(s => new { s.NetworkId, s.Granted, s.Used }).ToDictionaryAsync(s => s.NetworkId, ct);
        var newest = await db.SeatChecks.AcrossNetworks().GroupBy(c => c.NetworkId).Select(g => new { g.Key, At = g.Max(c => c.At) }).ToListAsync(ct);
        var drifts = await db.SeatChecks.AcrossNetworks().Where(c => c.Drift).Select(c => new { c.NetworkId, c.At }).ToListAsync(ct);
        var last = newest.ToDictionary(n => n.Key, n => n.At);
        return
        [
            .. subscriptions.Select(s => new BillingState(s.NetworkId, s.Status, s.Billed, granted.GetValueOrDefault(s.NetworkId)?.Granted ?? 0, granted.GetValueOrDefault(s.NetworkId)?.Used ?? 0, s.PeriodEnd, s.PastDueSince, s.RefreshedAt,
                    last.TryGetValue(s.NetworkId, out var at) ? at : null, last.TryGetValue(s.NetworkId, out at) && drifts.Any(d => d.NetworkId == s.NetworkId && d.At == at)))
                .OrderByDescending(s => s.Drift).ThenByDescending(s => s.PastDueSince is not null).ThenByDescending(s => s.Status == SubscriptionStatus.Unknown).ThenBy(s => s.Network.ToString(), StringComparer.Ordinal),
        ];
    }
}
