using Stripe;

namespace IptCloud.StripeSimulator.Invoices;

public sealed class PeriodTests
{
    [Theory]
    [InlineData("2026-01-31", "month", "2026-02-28 2026-03-31 2026-04-30 2026-05-31")]
    [InlineData("2027-12-30", "month", "2028-01-30 2028-02-29 2028-03-30")]
    [InlineData("2028-02-29", "year", "2029-02-28 2030-02-28 2031-02-28 2032-02-29")]
    [InlineData("2026-03-10", "week", "2026-03-17 2026-03-24")]
    public async Task A_day_that_a_month_lacks_is_its_last_and_comes_back(string start, string interval, string ends)
    {
        await using var shop = await Shop.OpenAsync();
        var price = await shop.Stripe.Prices.CreateAsync(new PriceCreateOptions { Product = shop.Price.ProductId, Currency = "eur", UnitAmount = 100, Recurring = new PriceRecurringOptions { Interval = interval } });
        var begin = DateTime.SpecifyKind(DateTime.Parse(start, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc).AddHours(9);
        var clock = await shop.Stripe.TestHelpers.TestClocks.CreateAsync(new Stripe.TestHelpers.TestClockCreateOptions { FrozenTime = begin });
        var subscription = await shop.SubscribeAsync(await shop.CustomerAsync(testClock: clock.Id), more: create => create.Items[0].Price = price.Id);

        foreach (var end in ends.Split(' '))
        {
            var now = (await shop.SubscriptionAsync(subscription.Id)).Items.Data[0].CurrentPeriodEnd;
            Assert.Equal(end + " 09:00", now.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));
            await shop.Stripe.TestHelpers.TestClocks.AdvanceAsync(clock.Id, new Stripe.TestHelpers.TestClockAdvanceOptions { FrozenTime = now });
            await shop.Stripe.TestHelpers.TestClocks.GetAsync(clock.Id);
        }
    }
}
