using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Billing;

/// <summary>How a simulated card behaves.</summary>
internal enum CardKind
{
    Works,

    /// <summary>Can be kept and pays once; every later charge is declined.</summary>
    DeclinedLater,

    /// <summary>Can be kept, but no charge ever works.</summary>
    NeverCharges,

    Declined,
}

internal static class Cards
{
    /// <summary>Stripe's names of test cards that can be given in place of a real payment method.</summary>
    public static CardKind? Named(string name) => name switch
    {
        "pm_card_visa" or "tok_visa" => CardKind.Works,
        "pm_card_chargeCustomerFail" => CardKind.NeverCharges,
        "pm_card_chargeDeclined" or "pm_card_visa_chargeDeclined" => CardKind.Declined,
        _ => null,
    };

    /// <param name="digits">The last four. The same digits are the same card, also for other customers: they make the
    /// fingerprint. Null: digits of the customer's own.</param>
    public static JsonObject Attach(Work work, JsonObject customer, CardKind kind, string? digits = null)
    {
        if (kind == CardKind.Declined) throw StripeErrorException.Declined();
        var method = work.New("payment_method", "pm", customer.Text("test_clock"));
        method["customer"] = customer.Id();
        method.Child("billing_details")!.Take(customer, "email", "name");
        var card = method.Child("card")!;
        digits ??= DigitsOf(customer.Id());
        card["last4"] = digits;
        card["fingerprint"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(digits)))[..16];
        card["exp_month"] = 12L;
        card["exp_year"] = (long)DateTimeOffset.FromUnixTimeSeconds(work.NowOf(customer)).Year + 4;
        card["generated_from"] = null;
        card["wallet"] = null;
        method.Notes()["kind"] = kind.ToString();
        work.Save(method);
        work.Emit("payment_method.attached", method);
        return method;
    }

    public static string DigitsOf(string customer) =>
        $"{BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(customer))) % 10_000:0000}";

    /// <summary>What the subscription is charged to: its own card, else its customer's; null if there is none.</summary>
    public static JsonObject? Of(Work work, JsonObject subscription)
    {
        var customer = work.Get(subscription.Text("customer"), "customer");
        var id = subscription.Text("default_payment_method") ?? customer.Child("invoice_settings")?.Text("default_payment_method");
        return id is null ? null : work.Find(id);
    }

    /// <summary>Makes a card the one that the customer and all of its subscriptions are charged to.</summary>
    public static void MakeDefault(Work work, JsonObject customer, JsonObject method)
    {
        var before = customer.Copy();
        customer.Child("invoice_settings")!["default_payment_method"] = method.Id();
        work.Save(customer);
        work.EmitChange("customer.updated", customer, before);
        foreach (var subscription in work.All("subscription", customer.Id()))
        {
            if (subscription.Text("default_payment_method") is null || subscription.Text("status") is "canceled" or "incomplete_expired") continue;
            var old = subscription.Copy();
            subscription["default_payment_method"] = method.Id();
            work.Save(subscription);
            work.EmitChange("customer.subscription.updated", subscription, old);
        }
    }

    public static bool Declines(JsonObject customer, JsonObject method)
    {
        if (customer.Notes().Flag("declined")) return true;
        return method.Notes().Text("kind") switch
        {
            nameof(CardKind.NeverCharges) => true,
            nameof(CardKind.DeclinedLater) => method.Notes().Flag("used"),
            _ => false,
        };
    }
}
