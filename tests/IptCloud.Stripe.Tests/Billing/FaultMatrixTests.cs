using IptCloud.Contracts.Billing;
using IptCloud.Data.Billing;
using IptCloud.Domain.Billing;
using IptCloud.Domain.Identifiers;
using IptCloud.StripeSimulator;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Stripe.Billing;

/// <summary>Every fault of the payment service against everything that a network does there: what ends up at Stripe, here, and how often it was done.</summary>
public sealed class FaultMatrixTests
{
    private const int Tries = 6;

    public static TheoryData<string> Faults => ["none", "duplicates", "reversed", "delayed", "lost responses", "429", "500 before", "500 after", "other version", "no webhooks at all"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_whole_life_ends_as_it_should_whatever_goes_wrong(string fault)
    {
        await using var till = await Till.OnSqliteAsync();
        await till.JoinAsync();
        await till.JoinAsync();

        await DoAsync("subscribe", async () =>
        {
            var command = Guid.NewGuid();
            var page = await InsistAsync(() => till.Provider.SubscribeAsync(till.Network, new("A network", "owner@example.org"), 2, till.Clock.GetUtcNow().AddDays(30), command, Ct));
            till.Stripe.Faults.LoseResponses = 0; // the page itself is Stripe's
            await Till.PayAsync(page.Address!);
        }, SubscriptionStatus.Trialing, 2);
        MemberId? last = null;
        await DoAsync("add", async () => last = await till.JoinAsync(), SubscriptionStatus.Trialing, 3);
        await DoAsync("trial end", () => till.PassAsync(TimeSpan.FromDays(31)), SubscriptionStatus.Active, 3);
        await DoAsync("remove", async () => Assert.Null(await till.RemoveAsync(last!.Value)), SubscriptionStatus.Active, 2);
        var customer = (await till.SubscriptionAsync()).CustomerId;
        await till.Stripe.DeclineCardsAsync(customer, true);
        await DoAsync("card declined", () => till.PassAsync(TimeSpan.FromDays(31)), SubscriptionStatus.PastDue, 2);
        await till.Stripe.DeclineCardsAsync(customer, false);
        await DoAsync("recover", () => till.PassAsync(TimeSpan.FromDays(8)), SubscriptionStatus.Active, 2);
        await DoAsync("cancel", () => EndAsync(true), SubscriptionStatus.Active, 2);
        Assert.NotNull((await till.SubscriptionAsync()).EndsAt);
        await DoAsync("resume", () => EndAsync(false), SubscriptionStatus.Active, 2);
        Assert.Null((await till.SubscriptionAsync()).EndsAt);

        // Effects, counted at Stripe: one customer, one subscription, two changes of seats, of which one cost money.
        Assert.Equal(fault == "500 after" ? 3 : 1, (await till.AtStripeAsync("customer")).Count); // two empty ones were left behind
        Assert.Single(await till.AtStripeAsync("subscription"));
        Assert.Equal(2, (await till.AtStripeAsync("invoiceitem")).Count);
        var invoices = await till.AtStripeAsync("invoice");
        Assert.Equal(3, invoices.Count); // the trial's, and one for each month begun
        Assert.All(invoices, i => Assert.Equal("paid", (string)i["status"]!));
        Assert.Equal(1, await till.LettersAsync(Data.Access.LetterTemplate.PaymentLate));

        async Task DoAsync(string what, Func<Task> act, SubscriptionStatus status, int seats)
        {
            Break(till.Stripe.Faults, fault);
            await act();
            await till.WorkAsync();
            till.Stripe.Faults.Clear();
            // Whatever was missed is caught up by back-off and by the night.
            for (var hour = 0; hour < 3; hour++)
            {
                till.Clock.Advance(TimeSpan.FromMinutes(20));
                await till.WorkAsync();
            }

            Assert.True(await till.CheckAsync() == 0 || fault is "no webhooks at all", $"{fault} × {what}: the night found drift.");
            await till.CheckAsync();
            var row = await till.SubscriptionAsync();
            var at = Assert.Single(await till.AtStripeAsync("subscription"));
            Assert.True((status, seats) == (row.Status, row.Billed), $"{fault} × {what}: {row.Status} with {row.Billed} seats instead of {status} with {seats}.");
            Assert.Equal(seats, (int)at["items"]!["data"]![0]!["quantity"]!);
            Assert.Equal(row.Status, StatusWords.Parse((string)at["status"]!));
            Assert.Equal((await till.SeatsAsync()).Granted, row.Billed);
            Assert.False((await till.ReadAsync(db => db.SeatChecks.OrderByDescending(c => c.At).FirstAsync(Ct))).Drift, $"{fault} × {what}: drift remained.");
            Assert.False(await till.ReadAsync(db => db.SeatOrders.AnyAsync(o => o.State == SeatOrderStates.Pending, Ct)));
        }

        async Task EndAsync(bool ends)
        {
            Assert.Null(await InsistAsync(async () => new Outcome(await till.Provider.SetEndingAsync(till.Network, ends, Ct))) is { Refused: var refused } ? refused : null);
        }
    }

    /// <summary>As a person does who reads "try again in a minute": the same form again.</summary>
    private static async Task<T> InsistAsync<T>(Func<Task<T>> act)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                return await act();
            }
            catch (BillingUnavailableException) when (attempt < Tries)
            {
            }
    }

    private static void Break(SimulatorFaults faults, string fault)
    {
        switch (fault)
        {
            case "duplicates": faults.DuplicateDeliveries = true; break;
            case "reversed": faults.ReverseDeliveries = true; break;
            case "delayed": faults.HoldDeliveries = true; break;
            case "lost responses": faults.LoseResponses = 2; break;
            case "429": faults.RateLimits = 2; break;
            case "500 before": faults.FailuresBefore = 2; break;
            case "500 after": faults.FailuresAfter = 2; break;
            case "other version": faults.EventApiVersion = "2026-07-29.dahlia"; break;
            case "no webhooks at all": faults.DropDeliveries = true; break;
            default: break;
        }
    }

    private sealed record Outcome(Domain.Refusal? Refused);
}
