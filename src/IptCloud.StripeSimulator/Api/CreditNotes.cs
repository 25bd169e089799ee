using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Fixtures;
using IptCloud.StripeSimulator.Storage;

namespace IptCloud.StripeSimulator.Api;

internal static class CreditNotes
{
    public static IEnumerable<Operation> Operations =>
    [
        new("POST", "credit_notes", "invoice! amount:int refund_amount:int credit_amount:int out_of_band_amount:int memo metadata:map "
            + "reason=duplicate|fraudulent|order_change|product_unsatisfactory email_type=credit_note|none "
            + "lines[type!=invoice_line_item|custom_line_item invoice_line_item amount:int quantity:int unit_amount:int description]", Create),
        new("GET", "credit_notes", Lists.Paging + "customer invoice created:range", call => call.Page("/v1/credit_notes",
            call.Work.All("credit_note", call.Given.Text("customer")).Where(note => call.Given.Text("invoice") is not { } invoice || note.Text("invoice") == invoice))),
        new("GET", "credit_notes/{}", "", call => call.Work.Get(call.Id, "credit_note")),
        new("GET", "refunds", Lists.Paging + "charge payment_intent created:range", call => call.Page("/v1/refunds", call.Work.All("refund")
            .Where(refund => (call.Given.Text("charge") is not { } charge || refund.Text("charge") == charge)
                && (call.Given.Text("payment_intent") is not { } intent || refund.Text("payment_intent") == intent)))),
    ];

    private static JsonObject Create(Call call)
    {
        var work = call.Work;
        var given = call.Given;
        var invoice = work.Get(given.Text("invoice"), "invoice", "invoice");
        if (invoice.Text("status") is not ("open" or "paid"))
            throw StripeErrorException.Invalid("A credit note can be issued only for an open or a paid invoice.", param: "invoice");
        var lines = given.Elements("lines").Select(line => Line(invoice, line)).ToList();
        var amount = given.Number("amount") ?? lines.Sum(line => line.Number("amount")!.Value);
        if (lines.Count == 0) lines.Add(Line(invoice, new JsonObject { ["type"] = "custom_line_item", ["unit_amount"] = amount, ["quantity"] = 1L }));
        var paid = invoice.Text("status") == "paid";
        var open = (paid ? invoice.Number("total") - invoice.Number("post_payment_credit_notes_amount") : invoice.Number("amount_remaining")) ?? 0;
        if (amount <= 0 || amount > open)
            throw StripeErrorException.Invalid($"The credit note amount must be between 1 and {open}.", "invalid_credit_note_amount", "amount");
        long refunded = given.Number("refund_amount") ?? 0, credited = given.Number("credit_amount") ?? 0, elsewhere = given.Number("out_of_band_amount") ?? 0;
        if (paid && refunded + credited + elsewhere != amount)
            throw StripeErrorException.Invalid("The sum of `credit_amount`, `refund_amount` and `out_of_band_amount` must equal the credit note amount.", param: "amount");

        var customer = work.Get(invoice.Text("customer"), "customer");
        var note = work.New("credit_note", "cn");
        note.Set(work.NowOf(invoice), "created", "effective_at");
        note["customer"] = customer.Id();
        note["invoice"] = invoice.Id();
        note["currency"] = invoice.Text("currency");
        note["number"] = $"{invoice.Text("number")}-CN-{work.All("credit_note", customer.Id()).Count(other => other.Text("invoice") == invoice.Id()) + 1:00}";
        note["pdf"] = $"{work.Site}i/{invoice.Id()}";
        note.Take(given, "memo", "reason");
        note.TakeMetadata(given);
        foreach (var name in new[] { "amount", "subtotal", "subtotal_excluding_tax", "total", "total_excluding_tax" }) note[name] = amount;
        note["out_of_band_amount"] = elsewhere == 0 ? null : elsewhere;
        note["type"] = paid ? "post_payment" : "pre_payment";
        note[paid ? "post_payment_amount" : "pre_payment_amount"] = amount;
        note[paid ? "pre_payment_amount" : "post_payment_amount"] = 0L;
        note["lines"] = Json.List($"/v1/credit_notes/{note.Id()}/lines", lines);
        if (refunded > 0) note["refunds"] = new JsonArray(new JsonObject { ["amount_refunded"] = refunded, ["refund"] = Refund(call, invoice, refunded).Id(), ["payment_record_refund"] = null, ["type"] = "refund" });
        if (credited > 0) customer["balance"] = customer.Number("balance") - credited;
        var sum = paid ? "post_payment_credit_notes_amount" : "pre_payment_credit_notes_amount";
        invoice[sum] = invoice.Number(sum) + amount;
        if (!paid) invoice.Set(invoice.Number("amount_remaining") - amount, "amount_due", "amount_remaining");
        work.Save(customer);
        work.Save(invoice);
        work.Save(note);
        work.Emit("credit_note.created", note);
        return note;
    }

    private static JsonObject Line(JsonObject invoice, JsonObject given)
    {
        var line = Fixture.New("credit_note_line_item");
        line["id"] = Work.NewId("cnli");
        line["type"] = given.Text("type");
        line["quantity"] = given.Number("quantity") ?? 1;
        if (given.Text("type") == "custom_line_item")
        {
            line.Remove("invoice_line_item");
            line["unit_amount"] = given.Number("unit_amount") ?? given.Number("amount") ?? 0;
            line["unit_amount_decimal"] = Billing.Money.Decimal(line.Number("unit_amount")!.Value);
            line["amount"] = line.Number("unit_amount") * line.Number("quantity");
            line["description"] = given.Text("description") ?? "Credit";
            return line;
        }

        var source = invoice.Data("lines").FirstOrDefault(other => other.Id() == given.Text("invoice_line_item"))
            ?? throw StripeErrorException.Missing("invoice line item", given.Text("invoice_line_item") ?? "", "lines[0][invoice_line_item]");
        line["invoice_line_item"] = source.Id();
        line["description"] = source.Text("description");
        line["amount"] = given.Number("amount")
            ?? source.Number("amount") * (given.Number("quantity") ?? source.Number("quantity")) / source.Number("quantity");
        return line;
    }

    private static JsonObject Refund(Call call, JsonObject invoice, long amount)
    {
        var work = call.Work;
        var charge = work.All("charge", invoice.Text("customer")).FirstOrDefault(charge => charge.Notes().Text("invoice") == invoice.Id() && charge.Flag("paid"))
            ?? throw StripeErrorException.Invalid("The invoice has no charge to refund.", param: "refund_amount");
        if (charge.Number("amount_refunded") + amount > charge.Number("amount"))
            throw StripeErrorException.Invalid("Refund amount is greater than unrefunded amount on charge.", "charge_already_refunded", "refund_amount");
        var refund = work.New("refund", "re");
        refund["created"] = work.NowOf(invoice);
        refund["amount"] = amount;
        refund["charge"] = charge.Id();
        refund["currency"] = charge.Text("currency");
        refund["customer"] = charge.Text("customer");
        refund["payment_intent"] = charge.Text("payment_intent");
        charge["amount_refunded"] = charge.Number("amount_refunded") + amount;
        charge["refunded"] = charge.Number("amount_refunded") == charge.Number("amount");
        work.Save(charge);
        work.Save(refund);
        work.Emit("refund.created", refund);
        work.Emit("charge.refunded", charge);
        return refund;
    }
}
