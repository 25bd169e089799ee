using System.Collections.Concurrent;
using System.Collections.Immutable;
using IptCloud.Data.Access;
using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using IptCloud.Domain.Billing;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Billing;

/// <summary>Whether networks are billed in this installation.</summary>
/// <param name="IsOn">False where no payment service is configured: then everything is allowed and nothing charged.</param>
/// <param name="IsSimulated">The payment service is the simulator: no money moves.</param>
public sealed record BillingProfile(bool IsOn, bool IsSimulated = false)
{
    /// <summary>No payment service.</summary>
    public static BillingProfile Off { get; } = new(false);
}

/// <summary>What is known of networks' subscriptions, and what follows from it.</summary>
public sealed class Subscriptions(Databases databases, BillingProfile profile, SeatBook seats, BillingClock clock, TimeProvider system)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<NetworkId, (long At, Standing Standing)> known = new();

    /// <summary>What a network may do now. Asked by every page, so that what it is computed from is kept for ten seconds.</summary>
    public async ValueTask<Entitlement> EntitlementAsync(NetworkId network, CancellationToken ct = default)
    {
        if (!profile.IsOn) return Entitlement.Full;
        if (!known.TryGetValue(network, out var kept) || system.GetElapsedTime(kept.At) >= Fresh)
        {
            await using var db = await databases.ReadAsync(network, ct);
            known[network] = kept = (system.GetTimestamp(), await StandingAsync(db, profile, network, ct));
        }

        return kept.Standing.At(clock.Now);
    }

    /// <summary>The subscription of a network as Stripe last described it; null: the network was never a customer.</summary>
    public async Task<SubscriptionRow?> FindAsync(NetworkId network, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return await db.Subscriptions.AsNoTracking().SingleOrDefaultAsync(s => s.NetworkId == network, ct);
    }

    /// <summary>The invoices of a network, the newest first.</summary>
    public async Task<ImmutableArray<InvoiceRow>> InvoicesAsync(NetworkId network, int take, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return [.. await db.Invoices.AsNoTracking().Where(i => i.NetworkId == network).OrderByDescending(i => i.CreatedAt).ThenBy(i => i.InvoiceId).Take(take).ToListAsync(ct)];
    }

    /// <summary>Whether an invoice is one of the network's.</summary>
    public async Task<bool> HasInvoiceAsync(NetworkId network, string invoice, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return await db.Invoices.AnyAsync(i => i.NetworkId == network && i.InvoiceId == invoice, ct);
    }

    /// <summary>Makes the network known as a customer. Safe to repeat.</summary>
    public async Task LinkAsync(NetworkId network, string customer, CancellationToken ct = default)
    {
        await using var db = await databases.WriteAsync(network, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await PeopleChanges.LockAsync(db, network, ct);
        if (await db.Subscriptions.AnyAsync(s => s.NetworkId == network, ct)) return;
        db.Subscriptions.Add(new() { NetworkId = network, CustomerId = customer, Status = SubscriptionStatus.None, RefreshedAt = system.GetUtcNow() });
        db.BillingCustomers.Add(new() { CustomerId = customer, NetworkId = network });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>
    /// The order of a first subscription for so many seats: the open one, or a new one. Whoever asks at the same time gets
    /// the same key, and with it the same page from Stripe.
    /// </summary>
    /// <param name="dead">Session of an order that can no longer be paid; it is replaced.</param>
    public async Task<SubscriptionRow> OrderAsync(NetworkId network, int quantity, Guid key, string? dead, TimeSpan lifetime, CancellationToken ct = default)
    {
        var now = clock.Now;
        await using var db = await databases.WriteAsync(network, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await PeopleChanges.LockAsync(db, network, ct);
        var row = await db.Subscriptions.SingleAsync(s => s.NetworkId == network, ct);
        if (row.OrderKey is null || row.OrderSeats != quantity || row.OrderedAt <= now - lifetime || (dead is not null && row.OrderSession == dead))
        {
            (row.OrderKey, row.OrderSeats, row.OrderedAt, row.OrderSession) = (key, quantity, now, null);
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return row;
    }

    /// <summary>Notes the Checkout session of an order.</summary>
    public async Task OrderedAsync(NetworkId network, Guid key, string session, CancellationToken ct = default)
    {
        await using var db = await databases.WriteAsync(network, ct);
        await db.Subscriptions.Where(s => s.NetworkId == network && s.OrderKey == key).ExecuteUpdateAsync(u => u.SetProperty(s => s.OrderSession, session), ct);
    }

    /// <summary>The order's key is of no use any more.</summary>
    public async Task ForgetOrderAsync(NetworkId network, Guid key, CancellationToken ct = default)
    {
        await using var db = await databases.WriteAsync(network, ct);
        await db.Subscriptions.Where(s => s.NetworkId == network && s.OrderKey == key).ExecuteUpdateAsync(u => u.SetProperty(s => s.OrderKey, (Guid?)null), ct);
    }

    /// <summary>
    /// The one function that applies what Stripe says, whichever way one came to ask. Letters follow from the difference to
    /// what was stored, so that a repetition says nothing twice.
    /// </summary>
    /// <param name="seen">The revision that was stored before Stripe was asked.</param>
    /// <returns>False if somebody applied something newer meanwhile: then ask again.</returns>
    public async Task<bool> ApplyAsync(NetworkId network, long seen, CustomerFacts facts, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(facts);
        await using var db = await databases.WriteAsync(network, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await PeopleChanges.LockAsync(db, network, ct);
        var row = await db.Subscriptions.SingleAsync(s => s.NetworkId == network, ct);
        if (row.Revision != seen) return false;
        var (before, subscription) = (row.Status, row.SubscriptionId);
        Write(row, facts, clock.Now);
        row.RefreshedAt = system.GetUtcNow();
        var paid = await WriteInvoicesAsync(db, network, facts.Invoices, ct);
        await db.SaveChangesAsync(ct);
        if (row.Status != before && NewsOf(before, row.Status) is { } news) await seats.TellAsync(db, network, news, BillingLetters.Facts(news, row, facts), ct);
        foreach (var invoice in paid) await seats.TellAsync(db, network, LetterPurpose.Receipt, BillingLetters.Receipt(invoice), ct);
        if (row.Status.TakesSeats() && (!before.TakesSeats() || row.SubscriptionId != subscription))
        {
            // It was ordered with the number of that minute, or was paused while people came and went.
            var granted = (await seats.CountAsync(db, network, ct)).Granted;
            if (granted != row.Billed && !await db.SeatOrders.AnyAsync(o => o.NetworkId == network && o.State == SeatOrderStates.Pending, ct)) await seats.OrderAsync(db, network, granted, Guid.CreateVersion7(system.GetUtcNow()), ct);
        }

        await transaction.CommitAsync(ct);
        known.TryRemove(network, out _);
        return true;
    }

    internal static async Task<Standing> StandingAsync(IptCloudDb db, BillingProfile profile, NetworkId network, CancellationToken ct)
    {
        if (!profile.IsOn) return new(false, null, SubscriptionStatus.None, null, true);
        var found = await (from n in db.Networks
                           where n.NetworkId == network
                           from s in db.Subscriptions.Where(s => s.NetworkId == n.NetworkId).DefaultIfEmpty()
                           select new { n.IsDemo, n.TrialEndsAt, Status = (SubscriptionStatus?)s.Status, s.PastDueSince, HasRecords = db.CourseCards.Any(c => c.NetworkId == network) }).SingleOrDefaultAsync(ct);
        if (found is null) return new(true, null, SubscriptionStatus.None, null, false);
        return new(!found.IsDemo || found.Status is not null, found.TrialEndsAt, found.Status ?? SubscriptionStatus.None, found.PastDueSince, found.HasRecords);
    }

    private static void Write(SubscriptionRow row, CustomerFacts facts, DateTimeOffset now)
    {
        row.Revision++;
        row.Card = facts.Card;
        var s = facts.Current;
        (row.SubscriptionId, row.ItemId, row.Status, row.Billed) = (s?.Id, s?.Item, s?.Status ?? SubscriptionStatus.None, s?.Quantity ?? 0);
        (row.UnitAmount, row.Currency) = (s?.UnitAmount ?? 0, s?.Currency ?? "");
        (row.PeriodStart, row.PeriodEnd, row.TrialEnd, row.EndsAt) = (s?.PeriodStart, s?.PeriodEnd, s?.TrialEnd, s?.EndsAt);
        row.PastDueSince = row.Status is SubscriptionStatus.PastDue or SubscriptionStatus.Unpaid ? row.PastDueSince ?? now : null;
        if (row.Status.IsLive()) (row.OrderKey, row.OrderSeats, row.OrderedAt, row.OrderSession) = (null, 0, null, null);
    }

    /// <returns>Those that were paid since they were last seen.</returns>
    private static async Task<IReadOnlyList<InvoiceFacts>> WriteInvoicesAsync(IptCloudDb db, NetworkId network, ImmutableArray<InvoiceFacts> invoices, CancellationToken ct)
    {
        var ids = invoices.Select(i => i.Id).ToList();
        var rows = await db.Invoices.Where(i => i.NetworkId == network && ids.Contains(i.InvoiceId)).ToDictionaryAsync(i => i.InvoiceId, ct);
        List<InvoiceFacts> paid = [];
        foreach (var i in invoices)
        {
            if (!rows.TryGetValue(i.Id, out var row)) db.Invoices.Add(row = new() { NetworkId = network, InvoiceId = i.Id });
            if (i.Status == "paid" && row.Status != "paid" && i.Total > 0) paid.Add(i);
            (row.Number, row.Status, row.Total, row.Currency, row.CreatedAt, row.NextAttempt) = (i.Number, i.Status, i.Total, i.Currency, i.Created, i.NextAttempt);
        }

        return paid;
    }

    private static LetterPurpose? NewsOf(SubscriptionStatus before, SubscriptionStatus after) => after switch
    {
        SubscriptionStatus.PastDue when before != SubscriptionStatus.Unpaid => LetterPurpose.PaymentLate,
        SubscriptionStatus.Unpaid or SubscriptionStatus.Paused or SubscriptionStatus.Canceled or SubscriptionStatus.Unknown => LetterPurpose.Restricted,
        _ => null,
    };
}
