using System.Globalization;
using IptCloud.Data.Access;
using IptCloud.Domain.Billing;

namespace IptCloud.Data.Billing;

/// <summary>What letters about a bill say beside their link: amounts, numbers of invoices, dates. Their order is that of the texts.</summary>
internal static class BillingLetters
{
    /// <summary>Amount, invoice, its day.</summary>
    public static IReadOnlyList<string> Receipt(InvoiceFacts paid) => [new Money(paid.Total, paid.Currency).ToString(), paid.Number ?? paid.Id, Day(paid.Created)];

    /// <summary>Of a payment that is late: amount, when it is tried again, until when nothing changes. Null: no more is known than that it is late.</summary>
    public static IReadOnlyList<string>? Facts(LetterPurpose purpose, SubscriptionRow row, CustomerFacts facts) =>
        purpose == LetterPurpose.PaymentLate && row.PastDueSince is { } since && facts.Invoices.FirstOrDefault(i => i is { Status: "open", NextAttempt: not null }) is { } open
            ? [new Money(open.Total, open.Currency).ToString(), Day(open.NextAttempt!.Value), Day(since + Standing.Grace)] : null;

    /// <summary>The day on which a trial ends; and what is charged from then on, if somebody has subscribed.</summary>
    public static IReadOnlyList<string> Trial(DateTimeOffset ends, SubscriptionRow? subscribed) =>
        subscribed is null ? [Day(ends)] : [Day(ends), new Money(subscribed.UnitAmount * subscribed.Billed, subscribed.Currency).ToString()];

    private static string Day(DateTimeOffset at) => at.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
