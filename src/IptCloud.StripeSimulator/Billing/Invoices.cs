using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Billing;

internal static class Invoices
{
    /// <summary>An invoice with its sums, not yet stored: what a preview answers.</summary>
    public static JsonObject Draft(Work work, JsonObject subscription, string reason, IReadOnlyList<JsonObject> lines)
    {
        var customer = work.Get(subscription.Text("customer"), "customer");
        var invoice = work.New("invoice", "in", subscription.Text("test_clock"));
        invoice["billing_reason"] = reason;
        invoice["status"] = "draft";
        invoice["customer"] = customer.Id();
        invoice["currency"] = subscription.Text("currency");
        invoice["customer_email"] = customer.Text("email");
        invoice["customer_name"] = customer.Text("name");
        invoice["customer_phone"] = customer.Text("phone");
        invoice["customer_address"] = customer["address"]?.DeepClone();
        invoice["customer_tax_exempt"] = customer.Text("tax_exempt");
        invoice["customer_tax_ids"] = new JsonArray([.. work.All("tax_id", customer.Id()).Where(tax => !tax.IsDeleted())
            .Select(tax => new JsonObject { ["type"] = tax.Text("type"), ["value"] = tax.Text("value") })]);
        if (subscription.Child("automatic_tax") is { } tax && tax.Flag("enabled"))
        {
            invoice.Child("automatic_tax")!["enabled"] = true;
            invoice.Child("automatic_tax")!["status"] = "complete";
        }

        foreach (var line in lines) line["invoice"] = invoice.Id();
        invoice["lines"] = Json.List($"/v1/invoices/{invoice.Id()}/lines", lines);
        invoice["period_start"] = lines.Count == 0 ? work.NowOf(subscription) : lines.Min(line => line.Child("period")!.Number("start"));
        invoice["period_end"] = lines.Count == 0 ? work.NowOf(subscription) : lines.Max(line => line.Child("period")!.Number("end"));
        invoice["parent"] = new JsonObject
        {
            ["type"] = "subscription_details",
            ["quote_details"] = null,
            ["subscription_details"] = new JsonObject
            {
                ["metadata"] = subscription["metadata"]?.DeepClone(),
                ["subscription"] = subscription.Id(),
            },
        };
        Sum(invoice, customer.Number("balance")!.Value);
        return invoice;
    }

    /// <summary>Draws up an invoice, finalizes it and tries to charge the card, all at once. Returns it.</summary>
    public static JsonObject Bill(Work work, JsonObject subscription, string reason, IReadOnlyList<JsonObject> lines, bool charge = true)
    {
        var invoice = Draft(work, subscription, reason, lines);
        work.Save(invoice);
        foreach (var pending in lines.Select(PendingOf).OfType<string>().Select(work.Find).OfType<JsonObject>())
        {
            pending["invoice"] = invoice.Id();
            work.Save(pending);
        }

        subscription["latest_invoice"] = invoice.Id();
        work.Emit("invoice.created", invoice);
        if (subscription.Text("status") == "unpaid")
        {
            invoice["auto_advance"] = false;
            return work.Save(invoice);
        }

        FinalizeNow(work, invoice);
        if (charge || invoice.Number("amount_due") == 0) Payments.Try(work, invoice, Cards.Of(work, subscription));
        return invoice;
    }

    public static void FinalizeNow(Work work, JsonObject invoice)
    {
        var customer = work.Get(invoice.Text("customer"), "customer");
        var now = work.NowOf(invoice);
        var number = customer.Number("next_invoice_sequence") ?? 1;
        customer["next_invoice_sequence"] = number + 1;
        Sum(invoice, customer.Number("balance")!.Value);
        customer["balance"] = invoice["ending_balance"]!.DeepClone();
        customer["currency"] ??= invoice.Text("currency");
        work.Save(customer);
        invoice["number"] = $"{customer.Text("invoice_prefix")}-{number:0000}";
        invoice["status"] = "open";
        invoice["effective_at"] = now;
        invoice["hosted_invoice_url"] = $"{work.Site}i/{invoice.Id()}";
        invoice["invoice_pdf"] = $"{work.Site}i/{invoice.Id()}";
        invoice.Child("status_transitions")!["finalized_at"] = now;
        work.Save(invoice);
        work.Emit("invoice.finalized", invoice);
    }

    public static void Void(Work work, JsonObject invoice)
    {
        if (invoice.Text("status") is not ("open" or "uncollectible")) return;
        var customer = work.Get(invoice.Text("customer"), "customer");
        customer["balance"] = customer.Number("balance") + invoice.Number("starting_balance") - (invoice.Number("ending_balance") ?? 0);
        work.Save(customer);
        invoice["status"] = "void";
        invoice["next_payment_attempt"] = null;
        invoice.Child("status_transitions")!["voided_at"] = work.NowOf(invoice);
        work.Save(invoice);
        work.Emit("invoice.voided", invoice);
    }

    public static string? SubscriptionOf(JsonObject invoice) =>
        invoice.Child("parent")?.Child("subscription_details")?.Text("subscription");

    public static IEnumerable<JsonObject> Of(Work work, JsonObject subscription) =>
        work.All("invoice", subscription.Text("customer")).Where(invoice => SubscriptionOf(invoice) == subscription.Id());

    private static string? PendingOf(JsonObject line) =>
        line.Child("parent")?.Child("subscription_item_details")?.Text("invoice_item");

    /// <summary>A negative sum becomes credit of the customer, which the next invoices use up.</summary>
    private static void Sum(JsonObject invoice, long balance)
    {
        var total = invoice.Data("lines").Sum(line => line.Number("amount")!.Value);
        var due = Math.Max(0, total + balance);
        foreach (var name in new[] { "subtotal", "subtotal_excluding_tax", "total", "total_excluding_tax" }) invoice[name] = total;
        invoice["starting_balance"] = balance;
        invoice["ending_balance"] = total + balance - due;
        invoice.Set(due, "amount_due", "amount_remaining");
        invoice["amount_paid"] = 0L;
    }
}
