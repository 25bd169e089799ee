using System.Globalization;

namespace IptCloud.Domain.Billing;

/// <summary>An amount of money.</summary>
/// <param name="Amount">In the currency's smallest unit.</param>
/// <param name="Currency">Three lower-case letters, as Stripe writes them.</param>
public readonly record struct Money(long Amount, string Currency)
{
    private static readonly string[] WithoutFraction = ["bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "ugx", "vnd", "vuv", "xaf", "xof", "xpf"];

    /// <summary>As people read it, such as "£29.00" or "CHF 29.00".</summary>
    public override string ToString()
    {
        var whole = WithoutFraction.Contains(Currency);
        var number = (Math.Abs((decimal)Amount) / (whole ? 1 : 100)).ToString(whole ? "N0" : "N2", CultureInfo.InvariantCulture);
        var sign = Currency switch { "gbp" => "£", "eur" => "€", "usd" => "$", _ => Currency.ToUpperInvariant() + "\u00A0" };
        return (Amount < 0 ? "\u2212" : "") + sign + number;
    }
}
