namespace IptCloud.StripeSimulator.Pages;

public sealed class DeveloperPageTests
{
    [Fact]
    public async Task It_shows_subscriptions_moves_the_clock_and_declines_cards()
    {
        await using var shop = await Shop.OpenAsync();
        var customer = await shop.CustomerAsync();
        var subscription = await shop.SubscribeAsync(customer);
        await shop.PressAsync("/_sim/decline", "decline", ("customer", customer.Id), ("declined", "1"));

        await shop.PressAsync("/_sim/advance", "advance", ("seconds", $"{31 * 86_400}"));

        Assert.Equal("past_due", (await shop.SubscriptionAsync(subscription.Id)).Status);
        var page = await shop.Http.GetStringAsync(shop.Server.Url);
        Assert.Contains("North Clinic", page, StringComparison.Ordinal);
        Assert.Contains("past_due", page, StringComparison.Ordinal);
        Assert.Contains("10 April 2026", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_are_set_and_taken_back_by_form()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.PressAsync("/_sim/faults", "", ("duplicate", "1"), ("lose_responses", "2"), ("event_api_version", "2024-06-20"));
        Assert.Equal((true, 2, "2024-06-20"), (shop.Server.Faults.DuplicateDeliveries, shop.Server.Faults.LoseResponses, shop.Server.Faults.EventApiVersion));

        await shop.PressAsync("/_sim/faults", "");

        Assert.Equal((false, 0, null), (shop.Server.Faults.DuplicateDeliveries, shop.Server.Faults.LoseResponses, shop.Server.Faults.EventApiVersion));
    }

    [Fact]
    public async Task What_people_typed_is_text_and_not_markup()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.Stripe.Customers.CreateAsync(new Stripe.CustomerCreateOptions { Name = "<b>Clinic</b>" });

        Assert.DoesNotContain("<b>Clinic", await shop.Http.GetStringAsync(shop.Server.Url), StringComparison.Ordinal);
    }
}
