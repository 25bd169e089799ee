using System.Net;
using Stripe;

namespace IptCloud.StripeSimulator.Api;

public sealed class IdempotencyTests
{
    private static readonly CustomerCreateOptions South = new() { Name = "South Clinic" };

    private static RequestOptions With(string key) => new() { IdempotencyKey = key };

    [Fact]
    public async Task The_same_key_makes_one_customer()
    {
        await using var shop = await Shop.OpenAsync();

        var first = await shop.Stripe.Customers.CreateAsync(South, With("k"));
        var second = await shop.Stripe.Customers.CreateAsync(South, With("k"));

        Assert.Equal(first.Id, second.Id);
        Assert.Equal("true", second.StripeResponse.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(1, await shop.CountAsync("customer"));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.Stripe.Customers.CreateAsync(South, With("k"));

        var refusal = await Shop.RefusedAsync(() => shop.Stripe.Customers.CreateAsync(new CustomerCreateOptions { Name = "West Clinic" }, With("k")), HttpStatusCode.BadRequest);

        Assert.Equal("idempotency_error", refusal.StripeError.Type);
    }

    [Fact]
    public async Task After_a_day_a_key_is_new_again_and_outlives_a_restart_until_then()
    {
        await using var shop = await Shop.OpenAsync();
        var first = await shop.Stripe.Customers.CreateAsync(South, With("k"));
        await shop.RestartAsync();
        shop.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal(first.Id, (await shop.Stripe.Customers.CreateAsync(South, With("k"))).Id);

        shop.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.NotEqual(first.Id, (await shop.Stripe.Customers.CreateAsync(South, With("k"))).Id);
    }

    [Fact]
    public async Task An_error_after_execution_began_is_kept_and_one_before_is_not()
    {
        await using var shop = await Shop.OpenAsync();
        var customer = await shop.CustomerAsync();
        var attach = new PaymentMethodAttachOptions { Customer = customer.Id };
        var declined = await Shop.RefusedAsync(() => shop.Stripe.PaymentMethods.AttachAsync("pm_card_chargeDeclined", attach, With("a")), HttpStatusCode.PaymentRequired);
        Assert.Equal("card_declined", declined.StripeError.Code);
        var again = await Shop.RefusedAsync(() => shop.Stripe.PaymentMethods.AttachAsync("pm_card_chargeDeclined", attach, With("a")), HttpStatusCode.PaymentRequired);
        Assert.Equal("true", again.StripeResponse.Headers.GetValues("Idempotent-Replayed").Single());

        await Shop.RefusedAsync(() => shop.Stripe.Products.CreateAsync(new ProductCreateOptions(), With("b")), HttpStatusCode.BadRequest);
        Assert.Equal("Seat", (await shop.Stripe.Products.CreateAsync(new ProductCreateOptions { Name = "Seat" }, With("b"))).Name);
    }

    [Fact]
    public async Task A_lost_answer_is_found_again_by_its_key()
    {
        await using var shop = await Shop.OpenAsync();
        shop.Server.Faults.LoseResponses = 1;
        await Assert.ThrowsAsync<HttpRequestException>(() => shop.Stripe.Customers.CreateAsync(South, With("k")));

        var customer = await shop.Stripe.Customers.CreateAsync(South, With("k"));

        Assert.Equal(customer.Id, (string?)Assert.Single(await shop.Server.ObjectsAsync("customer"))["id"]);
    }

    [Fact]
    public async Task A_failure_after_writing_is_answered_for_ever_and_one_before_writing_once()
    {
        await using var shop = await Shop.OpenAsync();
        shop.Server.Faults.FailuresBefore = 1;
        await Shop.RefusedAsync(() => shop.Stripe.Customers.CreateAsync(South, With("k")), HttpStatusCode.InternalServerError);
        Assert.Equal(0, await shop.CountAsync("customer"));
        shop.Server.Faults.FailuresAfter = 1;

        await Shop.RefusedAsync(() => shop.Stripe.Customers.CreateAsync(South, With("k")), HttpStatusCode.InternalServerError);
        await Shop.RefusedAsync(() => shop.Stripe.Customers.CreateAsync(South, With("k")), HttpStatusCode.InternalServerError);

        Assert.Equal(1, await shop.CountAsync("customer"));
    }

    [Fact]
    public async Task The_library_gets_over_a_rate_limit_and_a_lost_answer_with_one_effect()
    {
        await using var shop = await Shop.OpenAsync();
        var patient = shop.Client(Shop.Key, retries: 2).V1;
        shop.Server.Faults.LoseResponses = 1;
        await patient.Customers.CreateAsync(South);
        shop.Server.Faults.RateLimits = 1;
        await Shop.RefusedAsync(() => shop.Stripe.Customers.CreateAsync(South), HttpStatusCode.TooManyRequests);

        Assert.Equal(1, await shop.CountAsync("customer"));
    }
}
