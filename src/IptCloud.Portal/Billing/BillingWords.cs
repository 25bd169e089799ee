using IptCloud.Data.Billing;
using IptCloud.Domain.Billing;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Billing;

/// <summary>How a bill stands, in words for an owner.</summary>
internal static class BillingWords
{
    public static string Date(DateTimeOffset at) => Uk.FullDate(DateOnly.FromDateTime(at.UtcDateTime));

    public static (Tone Tone, string Text) Tag(SubscriptionStatus status) => status switch
    {
        SubscriptionStatus.None => (Tone.Neutral, "No subscription"),
        SubscriptionStatus.Incomplete => (Tone.Watch, "First payment missing"),
        SubscriptionStatus.IncompleteExpired => (Tone.Watch, "First payment never came"),
        SubscriptionStatus.Trialing => (Tone.Info, "Trial, not charged yet"),
        SubscriptionStatus.Active => (Tone.Good, "Active"),
        SubscriptionStatus.PastDue => (Tone.Watch, "Payment late"),
        SubscriptionStatus.Unpaid => (Tone.Alert, "Not paid"),
        SubscriptionStatus.Canceled => (Tone.Alert, "Ended"),
        SubscriptionStatus.Paused => (Tone.Alert, "Paused: no card when the trial ended"),
        _ => (Tone.Alert, "Unknown to this program"),
    };

    /// <summary>What is wrong and what to do about it; null: nothing is.</summary>
    public static (Tone Tone, string Title, string Text)? Trouble(SubscriptionRow? s, Entitlement entitlement) => s?.Status switch
    {
        SubscriptionStatus.PastDue when s.PastDueSince is { } since => (entitlement == Entitlement.Restricted ? Tone.Alert : Tone.Watch, "The latest payment did not go through",
            entitlement == Entitlement.Restricted
                ? "Nothing new can be started until it is paid: no courses, no invitations. Running courses, notes, prompts and alerts go on. Look at the card under Card and invoices, or pay the open invoice there."
                : $"The bank declined it, or the card has expired. It is tried again in the next days. Everything goes on as usual until {Date(since + Standing.Grace)}; after that nothing new can be started. Look at the card under Card and invoices."),
        SubscriptionStatus.Unpaid => (Tone.Alert, "The subscription is not paid", "The card was tried several times. Nothing new can be started; running courses, notes, prompts and alerts go on. Replace the card and pay the open invoice under Card and invoices."),
        SubscriptionStatus.Paused => (Tone.Alert, "The trial ended without a card", "Nothing new can be started; running courses go on. Add a card under Card and invoices, then start it again here."),
        SubscriptionStatus.Canceled => (Tone.Alert, "The subscription has ended", "Nothing new can be started; running courses go on, and everything can be read. Subscribe again whenever you like."),
        SubscriptionStatus.Incomplete => (Tone.Watch, "The first payment is not through", "Your bank may want to hear from you. Open Card and invoices to finish it within a day; after that you can subscribe again."),
        SubscriptionStatus.Unknown => (Tone.Alert, "The payment service says something that we do not understand", "The platform’s operators have been told. Running courses go on."),
        _ when entitlement == Entitlement.Restricted => (Tone.Alert, "The trial has ended", "Nothing new can be started: no courses, no invitations. Running courses, notes, prompts and alerts go on. Subscribe to go on as before."),
        _ => null,
    };
}
