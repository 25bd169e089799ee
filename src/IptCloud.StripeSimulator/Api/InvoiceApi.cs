using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Billing;

namespace IptCloud.StripeSimulator.Api;

internal static class InvoiceApi
{
    private const string PreviewDetails = "subscription_details{items[id! price quantity:int] proration_behavior=always_invoice|create_prorations|none "
        + "proration_date:int cancel_at_period_end:bool} ";

    public static IEnumerable<Operation> Operations =>
    [
        new("GET", "invoices", Lists.Paging + "customer subscription status=draft|open|paid|uncollectible|void created:range", List),
        new("POST", "invoices/create_preview", "customer subscription! preview_mode=next|recurring " + PreviewDetails, call => Previews.Of(call.Work, call.Given)),
        new("GET", "invoices/{}", "", call => call.Work.Get(call.Id, "invoice")),
        new("GET", "invoices/{}/lines", Lists.Paging, call => call.Page($"/v1/invoices/{call.Id}/lines", call.Work.Get(call.Id, "invoice").Data("lines"))),
        new("POST", "invoices/{}/pay", "payment_method off_session:bool", Pay),
        new("POST", "invoices/{}/void", "", Void),
        new("GET", "invoiceitems", Lists.Paging + "customer invoice pending:bool created:range", call => call.Page("/v1/invoiceitems",
            call.Work.All("invoiceitem", call.Given.Text("customer")).Where(item =>
                (call.Given.Text("invoice") is not { } invoice || item.Text("invoice") == invoice)
                && (!call.Given.Flag("pending") || item["invoice"] is null)))),
        .. CreditNotes.Operations,
    ];

    private static JsonObject List(Call call) => call.Page("/v1/invoices", call.Work.All("invoice", call.Given.Text("customer"))
        .Where(invoice => (call.Given.Text("status") is not { } status || invoice.Text("status") == status)
            && (call.Given.Text("subscription") is not { } subscription || Invoices.SubscriptionOf(invoice) == subscription)));

    private static JsonObject Pay(Call call)
    {
        var invoice = call.Work.Get(call.Id, "invoice");
        if (invoice.Text("status") == "paid") throw StripeErrorException.Invalid("Invoice is already paid", "invoice_already_paid");
        if (invoice.Text("status") == "draft") Invoices.FinalizeNow(call.Work, invoice);
        if (invoice.Text("status") != "open") throw StripeErrorException.Invalid("Invoice is no longer payable", "invoice_not_open");
        var subscription = call.Work.Get(Invoices.SubscriptionOf(invoice), "subscription");
        var method = call.Given.Text("payment_method") is { } id
            ? call.Work.Get(id, "payment_method", "payment_method")
            : Cards.Of(call.Work, subscription);
        if (method is null)
            throw StripeErrorException.Invalid("There is no `default_payment_method` set on this Customer or Invoice.", "missing_payment_method");
        var retry = invoice["next_payment_attempt"]?.DeepClone();
        if (Payments.Try(call.Work, invoice, method))
        {
            Standing.AfterTry(call.Work, invoice);
            return invoice;
        }

        // A try by hand does not move the planned ones.
        invoice["next_payment_attempt"] = retry;
        call.Work.Save(invoice);
        throw StripeErrorException.Declined(keeps: true);
    }

    private static JsonObject Void(Call call)
    {
        var invoice = call.Work.Get(call.Id, "invoice");
        if (invoice.Text("status") is not ("open" or "uncollectible"))
            throw StripeErrorException.Invalid($"You can only pass in open invoices. This invoice isn't open.", "invoice_not_open");
        Invoices.Void(call.Work, invoice);
        var subscription = call.Work.Get(Invoices.SubscriptionOf(invoice), "subscription");
        if (subscription.Text("status") == "incomplete") Ending.Now(call.Work, subscription, "payment_failed", "incomplete_expired");
        else if (subscription.Notes().Text("pending_invoice") == invoice.Id()) PendingUpdates.Expire(call.Work, subscription);
        return invoice;
    }
}
