using System.Collections.Immutable;

namespace IptCloud.Domain.Billing;

/// <summary>What Stripe holds of a network, read at one time. Never taken from an event.</summary>
/// <param name="Subscriptions">All of them, the oldest first.</param>
/// <param name="Invoices">The newest, the newest first.</param>
/// <param name="Card">The card that will be charged, such as "Visa ending in 4242"; null if none.</param>
public sealed record CustomerFacts(ImmutableArray<SubscriptionFacts> Subscriptions, ImmutableArray<InvoiceFacts> Invoices, string? Card)
{
    /// <summary>The subscription that counts: the oldest that lives, else the newest that lived.</summary>
    public SubscriptionFacts? Current => Subscriptions.FirstOrDefault(s => s.Status.IsLive()) ?? Subscriptions.LastOrDefault();

    /// <summary>Live ones beside it: made by a second tab, never wanted.</summary>
    public IEnumerable<SubscriptionFacts> Duplicates => Subscriptions.Where(s => s.Status.IsLive()).Skip(1);
}

/// <summary>One subscription.</summary>
/// <param name="Item">Its one item, whose quantity are the seats.</param>
/// <param name="UnitAmount">Of one seat in one period, in the currency's smallest unit.</param>
/// <param name="Currency">Three lower-case letters.</param>
/// <param name="PeriodEnd">End of the period that is paid for, of the item.</param>
/// <param name="EndsAt">When it ends because somebody cancelled it; null: it goes on.</param>
public sealed record SubscriptionFacts(
    string Id, string Item, SubscriptionStatus Status, int Quantity, long UnitAmount, string Currency,
    DateTimeOffset PeriodStart, DateTimeOffset PeriodEnd, DateTimeOffset? TrialEnd, DateTimeOffset? EndsAt);

/// <summary>One invoice.</summary>
/// <param name="Status">Stripe's word: draft, open, paid, void, uncollectible.</param>
/// <param name="Total">In the currency's smallest unit; negative is a credit.</param>
/// <param name="NextAttempt">When the card is tried again; null: it is not.</param>
public sealed record InvoiceFacts(string Id, string? Number, string Status, long Total, string Currency, DateTimeOffset Created, DateTimeOffset? NextAttempt);
