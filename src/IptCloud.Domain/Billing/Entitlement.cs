namespace IptCloud.Domain.Billing;

/// <summary>What a network may do for its money. Computed whenever it is asked, never stored.</summary>
public enum Entitlement
{
    /// <summary>Everything.</summary>
    Full,
    /// <summary>Everything, and a banner: a payment is late.</summary>
    Grace,
    /// <summary>No new courses, invitations or imports. Running courses go on whole; reading and export always work.</summary>
    Restricted,
    /// <summary>Nothing but the pages of billing and of one's account: there is no record yet that anybody could be kept from.</summary>
    BillingOnly,
}

/// <summary>What an entitlement is computed from.</summary>
/// <param name="IsBilled">False where no billing is configured, and for the demo.</param>
/// <param name="TrialEndsAt">When the network's one trial ends; null: it has not begun.</param>
/// <param name="PastDueSince">When the status became past due.</param>
/// <param name="HasRecords">A client was ever referred.</param>
public sealed record Standing(bool IsBilled, DateTimeOffset? TrialEndsAt, SubscriptionStatus Status, DateTimeOffset? PastDueSince, bool HasRecords)
{
    /// <summary>So long Stripe goes on trying and nothing changes but a banner.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(14);

    /// <summary>
    /// What follows at an instant of the system clock. A subscription whose first payment is not through counts as none:
    /// it must not take away a trial that runs, and whoever has records keeps what a restricted network has.
    /// </summary>
    public Entitlement At(DateTimeOffset now) => !IsBilled ? Entitlement.Full : Status switch
    {
        SubscriptionStatus.Trialing or SubscriptionStatus.Active => Entitlement.Full,
        SubscriptionStatus.PastDue => PastDueSince is { } since && now - since >= Grace ? Entitlement.Restricted : Entitlement.Grace,
        SubscriptionStatus.None when TrialEndsAt is null || now < TrialEndsAt => Entitlement.Full,
        SubscriptionStatus.Incomplete or SubscriptionStatus.IncompleteExpired when now < TrialEndsAt => Entitlement.Full,
        SubscriptionStatus.Incomplete or SubscriptionStatus.IncompleteExpired when !HasRecords => Entitlement.BillingOnly,
        _ => Entitlement.Restricted,
    };
}
