using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Fixtures;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Billing;

/// <summary>Charging of open invoices.</summary>
internal static class Payments
{
    /// <summary>Days until the next try, after the first, second and third that failed.</summary>
    private static readonly long[] RetryDays = [3, 5, 7];

    /// <summary>Tries to collect what is due; tells whether the invoice is paid.</summary>
    public static bool Try(Work work, JsonObject invoice, JsonObject? method)
    {
        var customer = work.Get(invoice.Text("customer"), "customer");
        var due = invoice.Number("amount_remaining")!.Value;
        invoice["attempted"] = true;
        if (due == 0)
        {
            Paid(work, invoice, 0);
            return true;
        }

        invoice["attempt_count"] = invoice.Number("attempt_count") + 1;
        var works = method is not null && !Cards.Declines(customer, method);
        var intent = Intent(work, invoice, method, due, works);
        if (method is not null) intent["latest_charge"] = Charge(work, invoice, intent, method, due, works).Id();
        work.Save(intent);
        work.Emit(works ? "payment_intent.succeeded" : "payment_intent.payment_failed", intent);
        if (method is not null && works)
        {
            method.Notes()["used"] = true;
            work.Save(method);
            Record(work, invoice, intent, due);
            Paid(work, invoice, due);
            return true;
        }

        invoice["next_payment_attempt"] = null;
        work.Save(invoice);
        work.Emit("invoice.payment_failed", invoice);
        return false;
    }

    /// <summary>Sets when the next try is; tells whether there is one.</summary>
    public static bool ScheduleRetry(Work work, JsonObject invoice)
    {
        var failed = invoice.Number("attempt_count")!.Value;
        invoice["next_payment_attempt"] = failed <= RetryDays.Length ? work.NowOf(invoice) + RetryDays[failed - 1] * Due.Day : null;
        work.Save(invoice);
        return failed <= RetryDays.Length;
    }

    private static void Paid(Work work, JsonObject invoice, long amount)
    {
        invoice["status"] = "paid";
        invoice["amount_paid"] = amount;
        invoice["amount_remaining"] = 0L;
        invoice["next_payment_attempt"] = null;
        invoice["auto_advance"] = false;
        invoice.Child("status_transitions")!["paid_at"] = work.NowOf(invoice);
        work.Save(invoice);
        work.Emit("invoice.paid", invoice);
        work.Emit("invoice.payment_succeeded", invoice);
    }

    private static JsonObject Intent(Work work, JsonObject invoice, JsonObject? method, long due, bool works)
    {
        var intent = work.New("payment_intent", "pi", invoice.Text("test_clock"));
        intent["amount"] = due;
        intent["amount_received"] = works ? due : 0;
        intent["currency"] = invoice.Text("currency");
        intent["customer"] = invoice.Text("customer");
        intent["payment_method"] = works ? method!.Id() : null;
        intent["status"] = works ? "succeeded" : "requires_payment_method";
        intent["client_secret"] = $"{intent.Id()}_secret_{Work.NewId("x")[2..]}";
        return intent;
    }

    private static JsonObject Charge(Work work, JsonObject invoice, JsonObject intent, JsonObject method, long due, bool works)
    {
        var charge = work.New("charge", "ch", invoice.Text("test_clock"));
        charge["amount"] = due;
        charge["amount_captured"] = works ? due : 0;
        charge["currency"] = invoice.Text("currency");
        charge["customer"] = invoice.Text("customer");
        charge["description"] = $"Invoice {invoice.Text("number")}";
        charge.Set(works, "paid", "captured");
        charge["payment_intent"] = intent.Id();
        charge["payment_method"] = method.Id();
        charge["billing_details"] = method["billing_details"]!.DeepClone();
        charge["status"] = works ? "succeeded" : "failed";
        charge["failure_code"] = works ? null : "card_declined";
        charge["failure_message"] = works ? null : "Your card was declined.";
        charge.Notes()["invoice"] = invoice.Id();
        work.Save(charge);
        work.Emit(works ? "charge.succeeded" : "charge.failed", charge);
        return charge;
    }

    private static void Record(Work work, JsonObject invoice, JsonObject intent, long due)
    {
        var payment = Fixture.New("invoice_payment");
        payment["id"] = Work.NewId("inpay");
        payment["created"] = work.NowOf(invoice);
        payment["invoice"] = invoice.Id();
        payment.Set(due, "amount_requested", "amount_paid");
        payment["currency"] = invoice.Text("currency");
        payment["status"] = "paid";
        payment["payment"] = new JsonObject { ["type"] = "payment_intent", ["payment_intent"] = intent.Id() };
        payment["status_transitions"] = new JsonObject { ["canceled_at"] = null, ["paid_at"] = work.NowOf(invoice) };
        work.Save(payment);
    }
}
