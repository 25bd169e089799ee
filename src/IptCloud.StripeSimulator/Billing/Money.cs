using System.Globalization;

namespace IptCloud.StripeSimulator.Billing;

internal static class Money
{
    /// <summary>An amount in cents as people read it.</summary>
    public static string Text(long amount, string currency) =>
        string.Create(CultureInfo.InvariantCulture, $"{(amount < 0 ? "-" : "")}{currency.ToUpperInvariant()} {Math.Abs(amount) / 100m:0.00}");

    public static string Decimal(long number) => number.ToString(CultureInfo.InvariantCulture);
}
