namespace IptCloud.Domain.Billing;

/// <summary>Every refusal about plan, seats and payment.</summary>
public static class BillingRefusals
{
    /// <summary>No seat left below the ceiling.</summary>
    public static Refusal NoSeat(int ceiling) => new("billing.no-seat", "roles", $"All {ceiling} therapist seats are taken or held by open invitations. Raise the ceiling under Plan and seats, or free a seat first.");

    /// <summary>The network does not pay.</summary>
    public static Refusal Restricted { get; } = new("billing.restricted", "", "The network’s subscription is not paid, so nothing new can be started: no courses, no invitations. Running courses go on. An owner settles it under Plan and seats.");

    /// <summary>Not the actor's to do.</summary>
    public static Refusal NotYours { get; } = new("billing.not-yours", "", "Only an owner or somebody with the role Billing changes plan and seats.");

    /// <summary>No number, or out of range.</summary>
    public static Refusal Kept { get; } = new("billing.kept", "kept", $"Enter a whole number from 0 to {Seats.Most}.");

    /// <summary>No number, or out of range.</summary>
    public static Refusal Ceiling { get; } = new("billing.ceiling", "ceiling", $"Enter a whole number from 1 to {Seats.Most}.");

    /// <summary>More kept than ever granted.</summary>
    public static Refusal KeptAboveCeiling { get; } = new("billing.kept-above-ceiling", "kept", "You cannot keep more seats than the ceiling. Raise the ceiling, or keep fewer.");

    /// <summary>Fewer than are in use.</summary>
    public static Refusal CeilingBelowUsed(int used, int held) => new("billing.ceiling-below-used", "ceiling", $"{(used == 1 ? "1 seat is" : $"{used} seats are")} used{(held == 0 ? "" : $" and {held} held by open invitations")}. Free seats first, or choose a higher ceiling.");

    /// <summary>Changed meanwhile.</summary>
    public static Refusal Stale { get; } = new("billing.stale", "", "The seats changed meanwhile. This is how they stand now; look at the amount again before you confirm.");

    /// <summary>The amount shown does not hold any more.</summary>
    public static Refusal OldAmount { get; } = new("billing.old-amount", "", "The amount was shown a while ago and may have changed. This is how it stands now; look at it again before you confirm.");

    /// <summary>Nobody sits there yet, so that the trial has not begun: a checkout would charge at once.</summary>
    public static Refusal TrialNotBegun { get; } = new("billing.trial-not-begun", "", "Bring in the first therapist first: the trial begins then, and nothing is charged before it ends.");

    /// <summary>There is one.</summary>
    public static Refusal AlreadySubscribed { get; } = new("billing.already-subscribed", "", "The network has a subscription already. Nothing was ordered twice.");

    /// <summary>There is none.</summary>
    public static Refusal NotSubscribed { get; } = new("billing.not-subscribed", "", "The network has no subscription that could be changed.");

    /// <summary>Not an invoice of the network.</summary>
    public static Refusal NoInvoice { get; } = new("billing.no-invoice", "", "The network has no such invoice.");

    /// <summary>Nothing to pay with.</summary>
    public static Refusal NoCard { get; } = new("billing.no-card", "", "There is no card to pay with. Add one under Card and invoices first.");

    /// <summary>The payment provider does not answer.</summary>
    public static Refusal Unavailable { get; } = new("billing.unavailable", "", "The payment service does not answer just now. Nothing was changed or charged; try again in a minute.");

    /// <summary>The payment provider said no.</summary>
    public static Refusal Declined { get; } = new("billing.declined", "", "The payment service refused this. Nothing was changed; the platform’s operators can see why.");

    /// <summary>Not a tax number.</summary>
    public static Refusal TaxId { get; } = new("billing.tax-id", "taxId", "This is not a number of the chosen kind. Enter it as your tax authority writes it, such as GB123456789.");
}
