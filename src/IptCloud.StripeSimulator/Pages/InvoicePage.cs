using IptCloud.StripeSimulator.Billing;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Pages;

internal static class InvoicePage
{
    public static PageAnswer Show(Work work, string id)
    {
        var invoice = work.Get(id, "invoice");
        var currency = invoice.Text("currency")!;
        return new PageAnswer(Html.Page($"Invoice {invoice.Text("number")}", $"""
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
            """));
    }
}
