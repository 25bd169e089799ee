using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Billing;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Pages;

internal static class InvoicePage
{
    public static PageAnswer Show(Work work, string id, string? done = null)
    {
        var invoice = work.Get(id, "invoice");
        var currency = invoice.Text("currency")!;
        return new PageAnswer(Html.Page($"Invoice {invoice.Text("number")}", $"""
            {(done is null ? "" : $"<p class=\"done\" role=\"status\">{Html.Encode(done)}</p>")}
            <p>{Html.Encode(invoice.Text("customer_name") ?? invoice.Text("customer_email"))}, {Html.Day(invoice.Number("created")!.Value)}, {Html.Encode(invoice.Text("status"))}</p>
            <table>
            <caption>Lines</caption>
            <thead><tr><th scope="col">What</th><th scope="col" class="number">Seats</th><th scope="col" class="number">Amount</th></tr></thead>
            <tbody>{string.Concat(invoice.Data("lines").Select(line => $"<tr><td>{Html.Encode(line.Text("description"))}<br>{Html.Day(line.Child("period")!.Number("start")!.Value)} to {Html.Day(line.Child("period")!.Number("end")!.Value)}</td><td class=\"number\">{line.Number("quantity")}</td><td class=\"number\">{Money.Text(line.Number("amount")!.Value, currency)}</td></tr>"))}</tbody>
            </table>
            <dl>
            <dt>Total</dt><dd>{Money.Text(invoice.Number("total")!.Value, currency)}</dd>
            <dt>Credit used</dt><dd>{Money.Text(invoice.Number("amount_due")!.Value - invoice.Number("total")!.Value, currency)}</dd>
            <dt>Due</dt><dd>{Money.Text(invoice.Number("amount_remaining")!.Value, currency)}</dd>
            </dl>
            {(invoice.Text("status") == "open" ? Html.Button($"/i/{id}", "pay", "Pay with the customer's card", "main") : "")}
            """));
    }

    /// <summary>Pays what is open with the card that is on file.</summary>
    public static PageAnswer Post(Work work, string id, JsonObject form)
    {
        var invoice = work.Get(id, "invoice");
        if (form.Text("action") != "pay" || invoice.Text("status") != "open") return Show(work, id);
        var retry = invoice["next_payment_attempt"]?.DeepClone();
        if (Payments.Try(work, invoice, Cards.Of(work, work.Get(Invoices.SubscriptionOf(invoice), "subscription"))))
        {
            Standing.AfterTry(work, invoice);
            return Show(work, id, "Paid.");
        }

        invoice["next_payment_attempt"] = retry;
        work.Save(invoice);
        return Show(work, id, "The card was declined. Replace it under Card and invoices.");
    }
}
