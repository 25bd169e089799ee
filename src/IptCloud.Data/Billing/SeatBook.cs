using IptCloud.Data.Access;
using IptCloud.Data.Audit;
using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using IptCloud.Domain;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Billing;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Billing;

/// <summary>
/// The seats of networks. They are counted from the members in the transaction that changes them, one change at a time in
/// a network, and never by differences: nothing that runs twice or half can make them drift.
/// </summary>
public sealed class SeatBook(Databases databases, BillingProfile profile, StaffLetters letters, AuditWatch watch, BillingClock clock, TimeProvider system)
{
    /// <summary>The seats of a network as they stand.</summary>
    public async Task<Seats> FindAsync(NetworkId network, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return await ReadAsync(db, network, ct);
    }

    /// <summary>Sets what an owner wishes: seats kept and the ceiling. The same id again changes nothing.</summary>
    /// <param name="id">Becomes the order to Stripe, if the bill changes.</param>
    /// <param name="seen">The seats that the owner saw, with their amount, when confirming.</param>
    public async Task<Refusal?> SetAsync(NetworkId network, Actor actor, Guid id, Seats seen, int kept, int ceiling, CancellationToken ct = default)
    {
        if (!AccessTable.Somewhere(Act.ChangePlan, actor)) return BillingRefusals.NotYours;
        await using var db = await databases.WriteAsync(network, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await PeopleChanges.LockAsync(db, network, ct);
        var before = await CountAsync(db, network, ct);
        if (before.Kept == kept && before.Ceiling == ceiling) return null;
        if (before != seen) return BillingRefusals.Stale;
        if (Seats.Check(before, kept, ceiling).FirstOrDefault() is { } refused) return refused;
        var row = await RowAsync(db, network, ct);
        (row.Kept, row.Ceiling, row.Granted) = (kept, ceiling, Math.Max(kept, before.Used)); // at once: the database checks them against each other
        await db.SaveChangesAsync(ct);
        if (await SettleAsync(db, network, before, tell: false, id, ct) is { } against) return against;
        await transaction.CommitAsync(ct);
        watch.Settled(network, SettingsChange.Seats, null);
        return null;
    }

    /// <summary>The seats as the rows of the caller's transaction make them, which holds the network's lock. Ask before and after a change.</summary>
    internal async Task<Seats> CountAsync(IptCloudDb db, NetworkId network, CancellationToken ct)
    {
        await RowAsync(db, network, ct);
        return await ReadAsync(db, network, ct);
    }

    /// <summary>
    /// Takes or frees seats for what the caller's transaction has saved, and orders the new number from Stripe if it is
    /// billed. On a refusal the caller must not commit.
    /// </summary>
    /// <param name="before">From <see cref="CountAsync"/>, after the caller took the network's lock.</param>
    internal Task<Refusal?> SettleAsync(IptCloudDb db, NetworkId network, Seats before, CancellationToken ct) => SettleAsync(db, network, before, tell: true, Guid.CreateVersion7(system.GetUtcNow()), ct);

    /// <summary>Orders the number that is granted from Stripe.</summary>
    internal async Task OrderAsync(IptCloudDb db, NetworkId network, int quantity, Guid id, CancellationToken ct)
    {
        var at = clock.Now;
        // Beside those that wait: each number is billed from its own moment. Only one of the same second held for no time.
        await db.SeatOrders.Where(o => o.NetworkId == network && o.State == SeatOrderStates.Pending && o.Attempt == 0 && o.At == at).ExecuteUpdateAsync(u => u.SetProperty(o => o.State, SeatOrderStates.Superseded), ct);
        db.SeatOrders.Add(new() { NetworkId = network, OrderId = id, Quantity = quantity, At = at, VisibleAt = system.GetUtcNow() });
        await db.SaveChangesAsync(ct);
    }

    private async Task<Refusal?> SettleAsync(IptCloudDb db, NetworkId network, Seats before, bool tell, Guid order, CancellationToken ct)
    {
        var after = await CountAsync(db, network, ct);
        var row = await RowAsync(db, network, ct);
        var subscription = await db.Subscriptions.AsNoTracking().SingleOrDefaultAsync(s => s.NetworkId == network, ct);
        var mayGrow = (await Subscriptions.StandingAsync(db, profile, network, ct)).At(clock.Now) is Entitlement.Full or Entitlement.Grace;
        if (after.Against(before, mayGrow) is { } refused) return refused;
        (row.Kept, row.Ceiling, row.Granted, row.Used) = (after.Kept, after.Ceiling, after.Granted, after.Used);
        await db.SaveChangesAsync(ct);
        // The trial begins with the first therapist, whatever else of the set-up is left for later.
        var trialEnds = clock.Now + NetworkSetup.Trial;
        if (after.Used > 0) await db.Networks.Where(n => n.NetworkId == network && n.TrialEndsAt == null).ExecuteUpdateAsync(u => u.SetProperty(n => n.TrialEndsAt, trialEnds), ct);
        if (after.Granted == before.Granted || subscription?.Status.TakesSeats() != true) return null;
        await OrderAsync(db, network, after.Granted, order, ct);
        if (tell && after.Granted > before.Granted) await TellAsync(db, network, LetterPurpose.SeatAdded, [$"{after.Granted} {(after.Granted == 1 ? "seat" : "seats")}", new Money(subscription.UnitAmount * after.Granted, subscription.Currency).ToString()], ct);
        return null;
    }

    /// <summary>A letter to everybody who looks after the bill.</summary>
    internal async Task TellAsync(IptCloudDb db, NetworkId network, LetterPurpose purpose, IReadOnlyList<string>? facts, CancellationToken ct)
    {
        var who = AccessTable.RolesFor(Act.ChangePlan);
        foreach (var address in await db.Members.Where(m => m.NetworkId == network && (m.Roles & who) != 0 && m.SuspendedAt == null && m.RemovedAt == null).Select(m => m.Email).ToListAsync(ct))
            await letters.QueueAsync(db, purpose, address, network.Value, network, facts, ct);
    }

    private async Task<Seats> ReadAsync(IptCloudDb db, NetworkId network, CancellationToken ct)
    {
        var now = system.GetUtcNow();
        var row = await db.Seats.AsNoTracking().SingleOrDefaultAsync(s => s.NetworkId == network, ct);
        var used = await db.Members.CountAsync(m => m.NetworkId == network && (m.Roles & Roles.Therapist) != 0 && m.SuspendedAt == null && m.RemovedAt == null, ct);
        var held = await db.Invites.CountAsync(i => i.NetworkId == network && (i.Roles & Roles.Therapist) != 0 && i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > now, ct);
        // Without a row: a network that is older than the seats. Nobody is refused what is there already.
        return row is null ? Seats.First with { Ceiling = Math.Max(Seats.First.Ceiling, used + held), Used = used, Held = held } : new(row.Kept, row.Ceiling, used, held);
    }

    private async Task<SeatsRow> RowAsync(IptCloudDb db, NetworkId network, CancellationToken ct)
    {
        if (await db.Seats.SingleOrDefaultAsync(s => s.NetworkId == network, ct) is { } row) return row;
        var first = await ReadAsync(db, network, ct);
        db.Seats.Add(row = new() { NetworkId = network, Kept = first.Kept, Ceiling = first.Ceiling, Granted = first.Granted, Used = first.Used });
        await db.SaveChangesAsync(ct);
        return row;
    }
}
