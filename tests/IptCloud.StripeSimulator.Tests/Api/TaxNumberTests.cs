using Stripe;

namespace IptCloud.StripeSimulator.Api;

/// <summary>Numbers as Stripe's page on tax ids shows them are taken; what only looks a little like them is not.</summary>
public sealed class TaxNumberTests
{
    [Fact]
    public async Task Only_numbers_of_the_right_shape_are_taken()
    {
        await using var shop = await Shop.OpenAsync();
        var customer = (await shop.CustomerAsync()).Id;
        foreach (var (kind, value) in new[] { ("gb_vat", "GB123456789"), ("eu_vat", "DE123456789"), ("eu_vat", "ATU12345678"), ("ch_vat", "CHE-123.456.789 MWST"), ("no_vat", "123456789MVA"), ("us_ein", "12-3456789"), ("ca_gst_hst", "123456789RT0002"), ("au_abn", "12345678912"), ("nz_gst", "123456789") })
            Assert.Equal(value, (await shop.Stripe.Customers.TaxIds.CreateAsync(customer, new() { Type = kind, Value = value })).Value);
        foreach (var (kind, value) in new[] { ("gb_vat", "123456789"), ("gb_vat", "GB12345678"), ("eu_vat", "XX123456789"), ("ch_vat", "CHE"), ("no_vat", "NO1"), ("us_ein", "123"), ("ca_gst_hst", "123456789"), ("au_abn", "1234567891"), ("nz_gst", "words") })
            Assert.Equal("tax_id_invalid", (await Assert.ThrowsAsync<StripeException>(() => shop.Stripe.Customers.TaxIds.CreateAsync(customer, new() { Type = kind, Value = value }))).StripeError.Code);
    }
}
