using System.Text.RegularExpressions;

namespace IptCloud.StripeSimulator.Billing;

/// <summary>The shapes of tax numbers, as Stripe's page on tax ids gives them by example. Whether such a number was ever given out nobody here can know.</summary>
internal static partial class TaxNumbers
{
    public static bool AreRight(string kind, string value) => kind switch
    {
        "gb_vat" => British().IsMatch(value),
        "eu_vat" => European().IsMatch(value),
        "ch_vat" => Swiss().IsMatch(value),
        "no_vat" => Norwegian().IsMatch(value),
        "us_ein" => American().IsMatch(value),
        "ca_gst_hst" => Canadian().IsMatch(value),
        "au_abn" => Australian().IsMatch(value),
        "nz_gst" => NewZealand().IsMatch(value),
        _ => true,
    };

    [GeneratedRegex(@"^(GB|XI)(\d{9}|\d{12}|GD\d{3}|HA\d{3})$")]
    private static partial Regex British();

    [GeneratedRegex("^(AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)[0-9A-Z]{8,12}$")]
    private static partial Regex European();

    [GeneratedRegex(@"^CHE-?\d{3}\.?\d{3}\.?\d{3}( ?(MWST|TVA|IVA))?$")]
    private static partial Regex Swiss();

    [GeneratedRegex(@"^\d{9}(MVA)?$")]
    private static partial Regex Norwegian();

    [GeneratedRegex(@"^\d{2}-?\d{7}$")]
    private static partial Regex American();

    [GeneratedRegex(@"^\d{9}RT\d{4}$")]
    private static partial Regex Canadian();

    [GeneratedRegex(@"^\d{11}$")]
    private static partial Regex Australian();

    [GeneratedRegex(@"^\d{8,9}$")]
    private static partial Regex NewZealand();
}
