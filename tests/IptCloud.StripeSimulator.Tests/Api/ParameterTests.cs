using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Stripe;

namespace IptCloud.StripeSimulator.Api;

public sealed class ParameterTests
{
    private static async Task<(HttpStatusCode Status, JsonObject Error)> PostAsync(Shop shop, string path, string body, string key = Shop.Key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(shop.Server.Url, $"/v1/{path}"))
        {
            Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded")),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await shop.Http.SendAsync(request);
        Assert.StartsWith("req_", response.Headers.GetValues("Request-Id").Single(), StringComparison.Ordinal);
        return (response.StatusCode, (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!);
    }

    [Theory]
    [InlineData("customers", "made_up=1", "parameter_unknown", "made_up")]
    [InlineData("customers", "address[planet]=Mars", "parameter_unknown", "address[planet]")]
    [InlineData("customers", "tax_exempt=perhaps", null, "tax_exempt")]
    [InlineData("products", "description=x", "parameter_missing", "name")]
    [InlineData("prices", "currency=eur&unit_amount=ten&product=x", "parameter_invalid_integer", "unit_amount")]
    [InlineData("checkout/sessions", "mode=subscription&success_url=https://a.example&line_items[0][quantity]=1", "parameter_missing", "line_items[0][price]")]
    public async Task What_Stripe_would_not_take_is_refused_by_name(string path, string body, string? code, string param)
    {
        await using var shop = await Shop.OpenAsync();

        var (status, error) = await PostAsync(shop, path, body);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request_error", code, param),
            (status, (string?)error["type"], (string?)error["code"], (string?)error["param"]));
    }

    [Fact]
    public async Task Another_key_is_refused()
    {
        await using var shop = await Shop.OpenAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(shop, "customers", "", "sk_live_other")).Status);
        Assert.Equal(0, await shop.CountAsync("customer"));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await using var shop = await Shop.OpenAsync();

        var missing = await Shop.RefusedAsync(() => shop.Stripe.Subscriptions.GetAsync("sub_none"), HttpStatusCode.NotFound);

        Assert.Equal("resource_missing", missing.StripeError.Code);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(shop, "no/such/path", "")).Status);
    }

    [Fact]
    public async Task Pages_follow_one_another_without_gap_or_repetition()
    {
        await using var shop = await Shop.OpenAsync();
        for (var i = 0; i < 7; i++) await shop.Stripe.Customers.CreateAsync(new CustomerCreateOptions { Name = $"{i}" });
        var names = new List<string>();

        await foreach (var customer in shop.Stripe.Customers.ListAutoPagingAsync(new CustomerListOptions { Limit = 3 })) names.Add(customer.Name);

        Assert.Equal(["6", "5", "4", "3", "2", "1", "0"], names);
    }

    [Fact]
    public async Task A_lookup_key_can_move_to_a_new_price_only_when_asked()
    {
        await using var shop = await Shop.OpenAsync();
        PriceCreateOptions Same(bool transfer) => new() { Product = shop.Price.ProductId, Currency = "eur", UnitAmount = 5900, LookupKey = "seat_month", TransferLookupKey = transfer, Recurring = new PriceRecurringOptions { Interval = "month" } };
        await Shop.RefusedAsync(() => shop.Stripe.Prices.CreateAsync(Same(false)), HttpStatusCode.BadRequest);

        var price = await shop.Stripe.Prices.CreateAsync(Same(true));

        Assert.Equal(price.Id, Assert.Single((await shop.Stripe.Prices.ListAsync(new PriceListOptions { LookupKeys = ["seat_month"] })).Data).Id);
    }

    [Fact]
    public async Task Only_what_exists_can_be_expanded_and_not_too_deep()
    {
        await using var shop = await Shop.OpenAsync();
        var subscription = await shop.SubscribeAsync(await shop.CustomerAsync());
        SubscriptionGetOptions Expand(string path) => new() { Expand = [path] };

        var expanded = await shop.Stripe.Subscriptions.GetAsync(subscription.Id, Expand("items.data.price.product"));
        Assert.Equal("Therapist seat", expanded.Items.Data[0].Price.Product.Name);
        await Shop.RefusedAsync(() => shop.Stripe.Subscriptions.GetAsync(subscription.Id, Expand("nonsense")), HttpStatusCode.BadRequest);
        await Shop.RefusedAsync(() => shop.Stripe.Subscriptions.GetAsync(subscription.Id, Expand("latest_invoice.customer.invoice_settings.default_payment_method.customer")), HttpStatusCode.BadRequest);
    }
}
