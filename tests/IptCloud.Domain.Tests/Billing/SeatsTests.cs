using CsCheck;
using IptCloud.Domain.Billing;

namespace IptCloud.Domain.Tests.Billing;

/// <summary>Seats: never more used than granted, never more granted than the ceiling, and nothing refused that frees one.</summary>
public sealed class SeatsTests
{
    private static readonly Gen<Seats> anySeats = Gen.Select(Gen.Int[0, 12], Gen.Int[1, 15], Gen.Int[0, 15], Gen.Int[0, 6], (kept, ceiling, used, held) => new Seats(Math.Min(kept, ceiling), ceiling, used, held));

    [Fact]
    public void What_is_granted_covers_what_is_used_and_stays_below_the_ceiling() => Gen.Select(anySeats, Gen.Int[-2, 2], Gen.Int[-2, 2]).Where((s, _, _) => s.Used <= s.Ceiling).Sample((before, used, held) =>
    {
        var after = before with { Used = Math.Max(0, before.Used + used), Held = Math.Max(0, before.Held + held) };
        if (after.Against(before, mayGrow: true) is not null) return;
        Assert.True(after.Used <= after.Granted, "More were used than granted.");
        Assert.True(after.Granted <= after.Ceiling, "More were granted than the ceiling.");
        Assert.True(after.Used + after.Held <= after.Ceiling || after.Used + after.Held <= before.Used + before.Held, "An invitation holds a seat that cannot be.");
    });

    [Fact]
    public void Freeing_a_seat_or_an_invitation_is_never_refused() => Gen.Select(anySeats, Gen.Int[0, 3], Gen.Int[0, 3], Gen.Bool).Sample((before, used, held, mayGrow) =>
        Assert.Null((before with { Used = Math.Max(0, before.Used - used), Held = Math.Max(0, before.Held - held) }).Against(before, mayGrow)));

    [Fact]
    public void Accepting_an_invitation_takes_the_seat_that_it_held_even_at_the_ceiling() =>
        Assert.Null(new Seats(0, 5, 5, 0).Against(new Seats(0, 5, 4, 1), mayGrow: true));

    [Fact]
    public void A_restricted_network_gets_no_further_seat_but_fills_one_that_is_paid_for()
    {
        Assert.Equal("billing.restricted", new Seats(0, 5, 3, 0).Against(new Seats(0, 5, 2, 0), mayGrow: false)!.Code);
        Assert.Null(new Seats(4, 5, 3, 0).Against(new Seats(4, 5, 2, 0), mayGrow: false));
    }

    [Theory]
    [InlineData(3, 10, null)]
    [InlineData(0, 6, null)]
    [InlineData(-1, 10, "billing.kept")]
    [InlineData(501, 501, "billing.kept")]
    [InlineData(2, 0, "billing.ceiling")]
    [InlineData(11, 10, "billing.kept-above-ceiling")]
    [InlineData(0, 5, "billing.ceiling-below-used")]
    public void A_wish_is_checked_at_its_field(int kept, int ceiling, string? code) => Assert.Equal(code, Seats.Check(new(0, 10, 4, 2), kept, ceiling).FirstOrDefault()?.Code);

    [Theory]
    [InlineData(2900, "gbp", "£29.00")]
    [InlineData(-150, "eur", "\u2212€1.50")]
    [InlineData(500, "jpy", "JPY\u00A0500")]
    [InlineData(123456, "chf", "CHF\u00A01,234.56")]
    public void Money_reads_as_people_write_it(long amount, string currency, string text) => Assert.Equal(text, new Money(amount, currency).ToString());
}
