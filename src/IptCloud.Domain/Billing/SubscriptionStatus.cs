namespace IptCloud.Domain.Billing;

/// <summary>Stripe's eight statuses of a subscription, and one for whatever it may add.</summary>
public enum SubscriptionStatus
{
    /// <summary>There is no subscription.</summary>
    None,
    /// <summary>The first payment is not through; it has 23 hours.</summary>
    Incomplete,
    /// <summary>The first payment never came.</summary>
    IncompleteExpired,
    /// <summary>Not charged yet.</summary>
    Trialing,
    /// <summary>Paid.</summary>
    Active,
    /// <summary>The latest invoice is not paid, and is tried again.</summary>
    PastDue,
    /// <summary>The latest invoice is not paid, and is not tried any more.</summary>
    Unpaid,
    /// <summary>Over.</summary>
    Canceled,
    /// <summary>The trial ended without a way to pay.</summary>
    Paused,
    /// <summary>A status that this program does not know.</summary>
    Unknown,
}

/// <summary>What follows from a status whatever else holds.</summary>
public static class StatusWords
{
    /// <summary>The status of Stripe's word.</summary>
    public static SubscriptionStatus Parse(string? word) => word switch
    {
        null or "" => SubscriptionStatus.None,
        "incomplete" => SubscriptionStatus.Incomplete,
        "incomplete_expired" => SubscriptionStatus.IncompleteExpired,
        "trialing" => SubscriptionStatus.Trialing,
        "active" => SubscriptionStatus.Active,
        "past_due" => SubscriptionStatus.PastDue,
        "unpaid" => SubscriptionStatus.Unpaid,
        "canceled" => SubscriptionStatus.Canceled,
        "paused" => SubscriptionStatus.Paused,
        _ => SubscriptionStatus.Unknown,
    };

    /// <summary>True if the number of seats is pushed to such a subscription.</summary>
    public static bool TakesSeats(this SubscriptionStatus status) => status is SubscriptionStatus.Trialing or SubscriptionStatus.Active or SubscriptionStatus.PastDue;

    /// <summary>True if it is not over: a second one beside it would be one too many.</summary>
    public static bool IsLive(this SubscriptionStatus status) => status is not (SubscriptionStatus.None or SubscriptionStatus.Canceled or SubscriptionStatus.IncompleteExpired);
}
