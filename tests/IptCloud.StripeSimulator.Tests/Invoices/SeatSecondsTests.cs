using CsCheck;
using Stripe;

namespace IptCloud.StripeSimulator.Invoices;

/// <summary>Whether invoices say exactly what was held, by the second, reckoned here without the simulator's code.</summary>
public sealed class SeatSecondsTests
{
    private sealed record Change(long AfterSeconds, long Seats, string Proration);

    private static readonly Gen<Change[]> Year = Gen.Select(
        Gen.Long[1, 20 * 86_400], Gen.Long[3, 40], Gen.Bool.Select(now => now ? "always_invoice" : "create_prorations"),
        (after, seats, proration) => new Change(after, seats, proration)).Array[12, 30];

    [Fact]
    public async Task Over_a_year_the_lines_add_up_to_the_seats_that_were_held()
    {
        await using var shop = await Shop.OpenAsync();
        await Year.SampleAsync(changes => CheckAsync(shop, changes), iter: 8, threads: 1);
    }

    private static async Task CheckAsync(Shop shop, Change[] changes)
    {
        var customer = await shop.CustomerAsync();
        var begin = (await shop.Server.NowAsync()).ToUnixTimeSeconds();
        var subscription = await shop.SubscribeAsync(customer, seats: 3);
        var held = new List<(long From, long Seats)> { (begin, 3) };
        var now = begin;
        foreach (var change in changes)
        {
            now += change.AfterSeconds;
            await shop.Server.AdvanceToAsync(DateTimeOffset.FromUnixTimeSeconds(now));
            subscription = await shop.SeatsAsync(subscription, change.Seats, change.Proration);
            held.Add((now, change.Seats));
        }

        // To the end of the period that runs then, so that what waits is billed as well.
        var end = new DateTimeOffset(subscription.Items.Data[0].CurrentPeriodEnd, TimeSpan.Zero);
        await shop.Server.AdvanceToAsync(end);
        await shop.Stripe.Subscriptions.CancelAsync(subscription.Id);

        var stop = end.ToUnixTimeSeconds();
        long expected = 0;
        for (var i = 0; i < held.Count; i++)
            expected += held[i].Seats * ((i + 1 < held.Count ? held[i + 1].From : stop) - held[i].From);

        long billed = 0;
        var charged = 0m;
        await foreach (var invoice in shop.Stripe.Invoices.ListAutoPagingAsync(new InvoiceListOptions { Subscription = subscription.Id, Limit = 100 }))
        {
            Assert.Equal("paid", invoice.Status);
            foreach (var line in invoice.Lines.Data)
            {
                charged += line.Amount;
                if (line.Period.Start >= end.UtcDateTime) continue;
                var seconds = (long)(line.Period.End - line.Period.Start).TotalSeconds;
                billed += seconds * line.Quantity!.Value * (IsCredit(line) ? -1 : 1);
                var month = Month(begin, line.Period.Start);
                var exact = (decimal)Shop.SeatPrice * line.Quantity.Value * seconds / month * (IsCredit(line) ? -1 : 1);
                Assert.Equal(decimal.Round(exact, 0, MidpointRounding.AwayFromZero), line.Amount);
            }
        }

        Assert.Equal(expected, billed);
        var paid = (await shop.Server.ObjectsAsync("charge", customer.Id)).Sum(charge => (long)charge["amount"]!);
        var credit = (await shop.Stripe.Customers.GetAsync(customer.Id)).Balance;
        Assert.Equal(charged, paid + credit);
    }

    private static bool IsCredit(InvoiceLineItem line) =>
        line.Parent.SubscriptionItemDetails.ProrationDetails.CreditedItems is not null;

    /// <summary>The length of the month, counted from the day it all began, that a moment falls into.</summary>
    private static long Month(long begin, DateTime moment)
    {
        var anchor = DateTimeOffset.FromUnixTimeSeconds(begin).UtcDateTime;
        var number = 0;
        while (anchor.AddMonths(number + 1) <= moment) number++;
        return (long)(anchor.AddMonths(number + 1) - anchor.AddMonths(number)).TotalSeconds;
    }
}
