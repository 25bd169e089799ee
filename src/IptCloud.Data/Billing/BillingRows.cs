using IptCloud.Data.Storage;
using IptCloud.Domain.Billing;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Billing;

/// <summary>The therapist seats of a network: the truth, of which Stripe's quantity is a copy. The database refuses more used than granted.</summary>
public sealed class SeatsRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>See <see cref="Seats.Kept"/>.</summary>
    public int Kept { get; set; }
    /// <summary>See <see cref="Seats.Ceiling"/>.</summary>
    public int Ceiling { get; set; }
    /// <summary>See <see cref="Seats.Granted"/>.</summary>
    public int Granted { get; set; }
    /// <summary>See <see cref="Seats.Used"/>; counted from the members in the transaction that changes them.</summary>
    public int Used { get; set; }
}

/// <summary>What Stripe said of a network when it was last asked. A projection: nothing is decided by it but what is entitled.</summary>
public sealed class SubscriptionRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>Raised with every write; what was read before an older one is not written over a newer.</summary>
    public long Revision { get; set; }
    /// <summary>The customer at Stripe.</summary>
    public string CustomerId { get; set; } = "";
    /// <summary>The subscription that counts; null if there was none.</summary>
    public string? SubscriptionId { get; set; }
    /// <summary>Its item.</summary>
    public string? ItemId { get; set; }
    /// <summary>Its status.</summary>
    public SubscriptionStatus Status { get; set; }
    /// <summary>Seats that Stripe bills.</summary>
    public int Billed { get; set; }
    /// <summary>Of one seat in one period, in the currency's smallest unit.</summary>
    public long UnitAmount { get; set; }
    /// <summary>Three lower-case letters.</summary>
    public string Currency { get; set; } = "";
    /// <summary>Start of the period, by Stripe's clock as all that follow.</summary>
    public DateTimeOffset? PeriodStart { get; set; }
    /// <summary>End of the period.</summary>
    public DateTimeOffset? PeriodEnd { get; set; }
    /// <summary>End of the trial.</summary>
    public DateTimeOffset? TrialEnd { get; set; }
    /// <summary>When it ends because it was cancelled.</summary>
    public DateTimeOffset? EndsAt { get; set; }
    /// <summary>When a payment was first found late; null: none is.</summary>
    public DateTimeOffset? PastDueSince { get; set; }
    /// <summary>The card, in words; null if none.</summary>
    public string? Card { get; set; }
    /// <summary>When Stripe was last asked. System clock.</summary>
    public DateTimeOffset RefreshedAt { get; set; }
    /// <summary>The order that is open at Stripe: its idempotency key, so that two tabs get the same page; null if none.</summary>
    public Guid? OrderKey { get; set; }
    /// <summary>For so many seats.</summary>
    public int OrderSeats { get; set; }
    /// <summary>Since when.</summary>
    public DateTimeOffset? OrderedAt { get; set; }
    /// <summary>Its Checkout session, once Stripe has named it.</summary>
    public string? OrderSession { get; set; }
}

/// <summary>A number of seats on its way to Stripe.</summary>
public sealed class SeatOrderRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>Its id, and the idempotency key of the call.</summary>
    public Guid OrderId { get; set; }
    /// <summary>So many seats from then on: absolute, never a difference.</summary>
    public int Quantity { get; set; }
    /// <summary>When the seats changed, by the payment service's clock; they are billed from then.</summary>
    public DateTimeOffset At { get; set; }
    /// <summary>From when it may be claimed; a claim pushes it forward.</summary>
    public DateTimeOffset VisibleAt { get; set; }
    /// <summary>See <see cref="SeatOrderStates"/>.</summary>
    public string State { get; set; } = SeatOrderStates.Pending;
    /// <summary>How often it was tried.</summary>
    public int Attempt { get; set; }
    /// <summary>From when the difference is billed; null: not at all, in a trial. Fixed at the first attempt, because a key holds for one body.</summary>
    public DateTimeOffset? ProrateFrom { get; set; }
    /// <summary>A word on the outcome.</summary>
    public string? Detail { get; set; }
}

/// <summary>The states of a <see cref="SeatOrderRow"/>. Stored.</summary>
public static class SeatOrderStates
{
    /// <summary>To be pushed.</summary>
    public const string Pending = "pending";
    /// <summary>Stripe has it.</summary>
    public const string Done = "done";
    /// <summary>Another order took its place: one of the same second, or the same with a new key because Stripe repeats its failure to the old one.</summary>
    public const string Superseded = "superseded";
    /// <summary>Refused by Stripe, or not answered for a day: the nightly check decides what is next.</summary>
    public const string Failed = "failed";
}

/// <summary>An invoice, as Stripe listed it.</summary>
public sealed class InvoiceRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>Stripe's id.</summary>
    public string InvoiceId { get; set; } = "";
    /// <summary>Its number; null while it is a draft.</summary>
    public string? Number { get; set; }
    /// <summary>Stripe's word for its status.</summary>
    public string Status { get; set; } = "";
    /// <summary>In the currency's smallest unit.</summary>
    public long Total { get; set; }
    /// <summary>Three lower-case letters.</summary>
    public string Currency { get; set; } = "";
    /// <summary>When made.</summary>
    public DateTimeOffset CreatedAt { get; set; }
    /// <summary>When the card is tried again.</summary>
    public DateTimeOffset? NextAttempt { get; set; }
}

/// <summary>What the nightly check found in a network.</summary>
public sealed class SeatCheckRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>When. System clock.</summary>
    public DateTimeOffset At { get; set; }
    /// <summary>Therapists counted from the members.</summary>
    public int Counted { get; set; }
    /// <summary>Seats used, as stored.</summary>
    public int Used { get; set; }
    /// <summary>Seats granted, as stored.</summary>
    public int Granted { get; set; }
    /// <summary>Seats that Stripe bills; null: there is no subscription that takes seats.</summary>
    public int? Billed { get; set; }
    /// <summary>True if they did not agree and nothing was on its way that explains it.</summary>
    public bool Drift { get; set; }
}

/// <summary>Which network a customer of Stripe is (directory).</summary>
public sealed class BillingCustomerRow
{
    /// <summary>Stripe's id.</summary>
    public string CustomerId { get; set; } = "";
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
}

/// <summary>An event of Stripe's that was received: a signal to ask again, never data (directory).</summary>
public sealed class BillingEventRow
{
    /// <summary>Stripe's id.</summary>
    public string EventId { get; set; } = "";
    /// <summary>Its type.</summary>
    public string Type { get; set; } = "";
    /// <summary>The API version it was written in.</summary>
    public string ApiVersion { get; set; } = "";
    /// <summary>The customer it is about; null if none.</summary>
    public string? CustomerId { get; set; }
    /// <summary>When it came. System clock.</summary>
    public DateTimeOffset ReceivedAt { get; set; }
    /// <summary>From when it may be claimed; a claim pushes it forward.</summary>
    public DateTimeOffset VisibleAt { get; set; }
    /// <summary>See <see cref="BillingEventStates"/>.</summary>
    public string State { get; set; } = BillingEventStates.Waiting;
    /// <summary>How often it was tried.</summary>
    public int Attempt { get; set; }
    /// <summary>A word on the outcome.</summary>
    public string? Detail { get; set; }
}

/// <summary>The states of a <see cref="BillingEventRow"/>. Stored.</summary>
public static class BillingEventStates
{
    /// <summary>To be acted on.</summary>
    public const string Waiting = "waiting";
    /// <summary>Acted on.</summary>
    public const string Done = "done";
    /// <summary>Of a type that tells nothing here.</summary>
    public const string Ignored = "ignored";
    /// <summary>Of a customer that is no network's, of test money in production or the reverse, or of a network that does not match its customer. A person looks at it.</summary>
    public const string Foreign = "foreign";
    /// <summary>In another API version than this program's. A person looks at it.</summary>
    public const string OtherVersion = "other-version";
    /// <summary>Tried for days. A person looks at it.</summary>
    public const string Failed = "failed";
}
