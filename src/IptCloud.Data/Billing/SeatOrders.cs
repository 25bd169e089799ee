using System.Collections.Immutable;
using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using IptCloud.Domain.Billing;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Billing;

/// <summary>A number of seats that Stripe is to be told now. Its id is the key of the call, and what the call says is fixed by the row.</summary>
/// <param name="ProrateFrom">From when the difference is billed; null: not at all.</param>
public sealed record SeatOrder(Guid Id, int Attempt, string Subscription, string Item, int Quantity, DateTimeOffset? ProrateFrom);

/// <summary>Numbers of seats on their way to Stripe: in a network one at a time, in the order of the changes, each billed from its own moment.</summary>
public sealed class SeatOrders(Databases databases, BillingClock clock, TimeProvider system)
{
    /// <summary>Stripe may forget a key after a day: what is open then is not repeated, the nightly check decides anew.</summary>
    public static readonly TimeSpan KeyLifetime = TimeSpan.FromHours(23);

    /// <summary>When the next order can be claimed; null if none waits.</summary>
    public async Task<DateTimeOffset?> EarliestAsync(CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Worker, ct);
        return await Pending(db).OrderBy(o => o.VisibleAt).Select(o => (DateTimeOffset?)o.VisibleAt).FirstOrDefaultAsync(ct);
    }

    /// <summary>The networks that have an order to push.</summary>
    public async Task<ImmutableArray<NetworkId>> WaitingAsync(int take, CancellationToken ct = default)
    {
        var now = system.GetUtcNow();
        await using var db = await databases.ReadAsync(DatabaseRole.Worker, ct);
        return [.. await Pending(db).Where(o => o.VisibleAt <= now).OrderBy(o => o.VisibleAt).Select(o => o.NetworkId).Distinct().Take(take).ToListAsync(ct)];
    }

    /// <summary>Orders that a crash left under a lease wait no longer. For the only worker of a database, at its start.</summary>
    public async Task RecoverAsync(CancellationToken ct = default)
    {
        var now = system.GetUtcNow();
        await using var db = await databases.WriteAsync(DatabaseRole.Worker, ct);
        await Pending(db).Where(o => o.VisibleAt > now).ExecuteUpdateAsync(u => u.SetProperty(o => o.VisibleAt, now), ct);
    }

    /// <summary>
    /// The oldest order of a network, hidden from others until the lease ends. One that was tried and not answered goes as
    /// it was: Stripe may have heard it. Null: nothing to push, or somebody is at it.
    /// </summary>
    public async Task<SeatOrder?> BeginAsync(NetworkId network, TimeSpan lease, CancellationToken ct = default)
    {
        var now = system.GetUtcNow();
        await using var db = await databases.WriteAsync(network, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await PeopleChanges.LockAsync(db, network, ct);
        var next = await db.SeatOrders.Where(o => o.NetworkId == network && o.State == SeatOrderStates.Pending).OrderBy(o => o.At).ThenByDescending(o => o.Attempt).FirstOrDefaultAsync(ct);
        if (next is null || next.VisibleAt > now) return null;
        var subscription = await db.Subscriptions.AsNoTracking().SingleAsync(s => s.NetworkId == network, ct);
        if (!subscription.Status.TakesSeats() || (next.Attempt > 0 && next.At <= clock.Now - KeyLifetime))
        {
            (next.State, next.Detail) = (SeatOrderStates.Failed, subscription.Status.TakesSeats() ? "not answered for a day" : $"the subscription is {subscription.Status}");
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return null;
        }

        // In a trial nothing is charged for the past; a period that has ended meanwhile was invoiced with the number before.
        if (next.Attempt == 0) next.ProrateFrom = subscription.Status == SubscriptionStatus.Trialing && next.At < subscription.TrialEnd ? null : subscription.PeriodStart > next.At ? subscription.PeriodStart : next.At;
        next.Attempt++;
        next.VisibleAt = now + lease;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new(next.OrderId, next.Attempt, subscription.SubscriptionId!, subscription.ItemId!, next.Quantity, next.ProrateFrom);
    }

    /// <summary>Writes down what became of an attempt.</summary>
    /// <param name="retryAt">When it waits again; null: the state is final.</param>
    public async Task SettleAsync(NetworkId network, SeatOrder order, string state, string? detail, DateTimeOffset? retryAt, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        await using var db = await databases.WriteAsync(network, ct);
        await db.SeatOrders.Where(o => o.NetworkId == network && o.OrderId == order.Id && o.State == SeatOrderStates.Pending && o.Attempt == order.Attempt)
            .ExecuteUpdateAsync(u => u.SetProperty(o => o.State, state).SetProperty(o => o.Detail, detail).SetProperty(o => o.VisibleAt, o => retryAt ?? o.VisibleAt), ct);
    }

    /// <summary>Puts an order in place of one whose key is of no use any more: the same number, billed from the same moment.</summary>
    /// <param name="key">The new order's id.</param>
    public async Task RenewAsync(NetworkId network, SeatOrder order, Guid key, DateTimeOffset retryAt, string detail, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        await using var db = await databases.WriteAsync(network, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await PeopleChanges.LockAsync(db, network, ct);
        if (await db.SeatOrders.SingleOrDefaultAsync(o => o.NetworkId == network && o.OrderId == order.Id && o.State == SeatOrderStates.Pending && o.Attempt == order.Attempt, ct) is not { } old) return;
        (old.State, old.Detail) = (SeatOrderStates.Superseded, detail);
        db.SeatOrders.Add(new() { NetworkId = network, OrderId = key, Quantity = old.Quantity, At = old.At, VisibleAt = retryAt });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static IQueryable<SeatOrderRow> Pending(IptCloudDb db) => db.SeatOrders.AcrossNetworks().Where(o => o.State == SeatOrderStates.Pending);
}
