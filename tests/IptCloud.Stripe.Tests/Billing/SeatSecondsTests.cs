using IptCloud.Data.Billing;

namespace IptCloud.Stripe.Billing;

/// <summary>A year of a network between 3 and 40 seats: each invoice bills the seconds that seats were granted, to the second.</summary>
public sealed class SeatSecondsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_invoice_of_a_year_bills_exactly_the_seat_seconds_of_an_independent_table()
    {
        await using var till = await Till.OnSqliteAsync();
        await SetAsync(till, 3, 40);
        await till.SubscribeAsync();
        List<(long At, int Seats)> table = [(Now(till), 3)];
        var (seats, step) = (3, 1);
        for (var change = 0; change < 70; change++)
        {
            // Uneven pauses, of 3 h to 11 days, that no month is a multiple of; numbers that go up, jump and fall.
            await till.PassAsync(TimeSpan.FromSeconds(10_800 + change * 104_729L % 950_000));
            step = (step * 17 + 5) % 23;
            var next = Math.Clamp(change % 3 == 2 ? seats - step : seats + step / 2, 3, 40);
            if (next == seats) continue;
            await SetAsync(till, next, 40);
            table.Add((Now(till), seats = next));
            await till.WorkAsync();
        }

        await till.PassAsync(TimeSpan.FromDays(32));
        Assert.Equal(0, await till.CheckAsync());
        var invoices = (await till.AtStripeAsync("invoice")).Where(i => (string)i["billing_reason"]! is "subscription_create" or "subscription_cycle").ToList();
        Assert.True(invoices.Count >= 12 && table.Count > 50, $"{invoices.Count} invoices, {table.Count} changes");
        List<(long Start, long End)> periods = [];
        foreach (var invoice in invoices)
        {
            long billed = 0;
            (long Start, long End) covered = default;
            foreach (var line in invoice["lines"]!["data"]!.AsArray())
            {
                long start = (long)line!["period"]!["start"]!, end = (long)line["period"]!["end"]!;
                var proration = line["parent"]!["invoice_item_details"] is { } item && (bool)item["proration"]!;
                var sign = (long)line["amount"]! < 0 ? -1 : 1;
                if (!proration) covered = (start, end);
                billed += sign * (long)line["quantity"]! * (end - start);
            }

            Assert.Equal(Expected(table, periods.LastOrDefault(), covered), billed);
            periods.Add(covered);
        }
    }

    /// <summary>The coming period with the seats at its begin, and what the last one held more or less than was billed for it.</summary>
    private static long Expected(List<(long At, int Seats)> table, (long Start, long End) last, (long Start, long End) next)
    {
        var sum = At(table, next.Start) * (next.End - next.Start);
        if (last == default) return sum;
        for (var i = 0; i < table.Count; i++)
        {
            var (from, until) = (Math.Max(table[i].At, last.Start), Math.Min(i + 1 < table.Count ? table[i + 1].At : long.MaxValue, last.End));
            if (until > from) sum += (table[i].Seats - At(table, last.Start)) * (until - from);
        }

        return sum;
    }

    private static long At(List<(long At, int Seats)> table, long moment) => table.Last(t => t.At <= moment).Seats;

    private static long Now(Till till) => till.Clock.GetUtcNow().ToUnixTimeSeconds();

    private static async Task SetAsync(Till till, int kept, int ceiling) =>
        Assert.Null(await till.Get<SeatBook>().SetAsync(till.Network, till.Owner, Guid.NewGuid(), await till.SeatsAsync(), kept, ceiling, Ct));
}
