using IptCloud.Domain;
using IptCloud.Domain.Billing;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Contracts.Billing;

/// <summary>
/// The payment service. What is said of a network is always asked of the service anew, and what a network wants is always
/// said as a whole number, with a key that was stored before the first attempt.
/// </summary>
/// <exception cref="BillingUnavailableException">Any member: the service does not answer. Whoever called with a key calls again with it.</exception>
/// <exception cref="BillingRefusedException">Any member: the service will not do it.</exception>
public interface IBillingProvider
{
    /// <summary>Makes the network a customer and opens the page on which it subscribes. Whoever asks twice gets the same page.</summary>
    /// <param name="trialEnd">Nothing is charged before.</param>
    Task<BillingPage> SubscribeAsync(NetworkId network, BillingContact contact, int seats, DateTimeOffset? trialEnd, Guid command, CancellationToken ct = default);

    /// <summary>Reads what the service holds of the network and applies it. A second live subscription is cancelled and refunded. Safe at any time.</summary>
    Task RefreshAsync(NetworkId network, CancellationToken ct = default);

    /// <summary>Tells the service the number of seats that waits, if one does.</summary>
    /// <returns>True if the network has nothing more to push now.</returns>
    Task<bool> PushSeatsAsync(NetworkId network, CancellationToken ct = default);

    /// <summary>What another number of seats would cost.</summary>
    Task<SeatQuote> QuoteAsync(NetworkId network, int seats, CancellationToken ct = default);

    /// <summary>What one seat costs in a month, for whoever has no subscription yet.</summary>
    Task<Money> SeatPriceAsync(CancellationToken ct = default);

    /// <summary>Ends the subscription with the period that is paid for, or takes that back.</summary>
    Task<Refusal?> SetEndingAsync(NetworkId network, bool ends, CancellationToken ct = default);

    /// <summary>Lets a subscription go on that the service paused because its trial ended without a card. One that is not paused stays as it is.</summary>
    Task<Refusal?> StartAgainAsync(NetworkId network, CancellationToken ct = default);

    /// <summary>The service's own page for card and invoices. Its address opens it for whoever has it: it is not logged.</summary>
    Task<BillingPage> PaymentPageAsync(NetworkId network, CancellationToken ct = default);

    /// <summary>The service's page of an invoice of this network.</summary>
    Task<BillingPage> InvoicePageAsync(NetworkId network, string invoice, CancellationToken ct = default);

    /// <summary>The tax number on the network's invoices; null if none.</summary>
    Task<TaxNumber?> TaxNumberAsync(NetworkId network, CancellationToken ct = default);

    /// <summary>Sets the tax number, or takes it away.</summary>
    Task<Refusal?> SetTaxNumberAsync(NetworkId network, TaxNumber? number, Guid command, CancellationToken ct = default);

    /// <summary>Takes a webhook: the signature is checked and the event kept; it is acted on afterwards.</summary>
    /// <returns>False if it is not the service's, or too old.</returns>
    Task<bool> ReceiveAsync(string body, string? signature, CancellationToken ct = default);
}

/// <summary>Who the bill is for.</summary>
/// <param name="Name">The network's.</param>
/// <param name="Email">Where the service may write.</param>
public sealed record BillingContact(string Name, string Email);

/// <summary>A page of the payment service to go to, or why there is none.</summary>
public sealed record BillingPage(Uri? Address, Refusal? Refused);

/// <summary>What another number of seats costs.</summary>
/// <param name="Difference">For the rest of the running period: charged with the next invoice; negative is a credit.</param>
/// <param name="NextInvoice">The whole next invoice.</param>
/// <param name="NextAt">When it is made.</param>
/// <param name="Seat">One seat in one period.</param>
/// <param name="Earlier">What earlier changes of the running period add to the next invoice.</param>
/// <param name="IsLast">The subscription ends with the running period: <paramref name="NextInvoice"/> has no further period on it.</param>
public sealed record SeatQuote(Money Difference, Money NextInvoice, DateTimeOffset NextAt, Money Seat, Money Earlier, bool IsLast);

/// <summary>A tax number.</summary>
/// <param name="Kind">The payment service's word for its kind, such as <c>gb_vat</c>.</param>
public sealed record TaxNumber(string Kind, string Value);

/// <summary>The payment service answered that it will not do this; asking again does not help.</summary>
/// <param name="code">The service's word for why, free of personal data.</param>
public sealed class BillingRefusedException(string code, Exception? inner = null) : Exception($"The payment service refused: {code}.", inner)
{
    /// <summary>The service's word for why.</summary>
    public string Code => code;
}

/// <summary>The payment service does not answer, or asks to wait.</summary>
/// <param name="isKept">The service answered with a failure of its own, which it repeats to the same key for a day, whether or not it did what was asked.</param>
public sealed class BillingUnavailableException(string message, Exception? inner = null, bool isKept = false) : Exception(message, inner)
{
    /// <summary>Asking again with the same key gives the same failure.</summary>
    public bool IsKept => isKept;
}
