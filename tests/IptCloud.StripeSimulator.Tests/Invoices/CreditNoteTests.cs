using System.Net;
using Stripe;

namespace IptCloud.StripeSimulator.Invoices;

public sealed class CreditNoteTests
{
    [Fact]
    public async Task A_paid_invoice_is_given_back_once_and_no_more_than_was_paid()
    {
        await using var shop = await Shop.OpenAsync();
        var subscription = await shop.SubscribeAsync(await shop.CustomerAsync(), seats: 2);
        Task<CreditNote> Refund(long amount) => shop.Stripe.CreditNotes.CreateAsync(new CreditNoteCreateOptions { Invoice = subscription.LatestInvoiceId, Amount = amount, RefundAmount = amount, Reason = "duplicate" });

        var note = await Refund(2 * Shop.SeatPrice);
        await Shop.RefusedAsync(() => Refund(1), HttpStatusCode.BadRequest);

        Assert.Equal(2 * Shop.SeatPrice, note.PostPaymentAmount);
        Assert.Equal((2 * Shop.SeatPrice, "succeeded"), (await shop.Stripe.Refunds.ListAsync()).Select(refund => (refund.Amount, refund.Status)).Single());
        Assert.True((bool)(await shop.Server.ObjectsAsync("charge"))[0]["refunded"]!);
        Assert.Equal(2 * Shop.SeatPrice, (await shop.Stripe.Invoices.GetAsync(subscription.LatestInvoiceId)).PostPaymentCreditNotesAmount);
    }

    [Fact]
    public async Task The_parts_must_add_up()
    {
        await using var shop = await Shop.OpenAsync();
        var subscription = await shop.SubscribeAsync(await shop.CustomerAsync());

        await Shop.RefusedAsync(() => shop.Stripe.CreditNotes.CreateAsync(new CreditNoteCreateOptions { Invoice = subscription.LatestInvoiceId, Amount = 100, RefundAmount = 50 }), HttpStatusCode.BadRequest);

        Assert.Equal(0, await shop.CountAsync("refund"));
    }
}
