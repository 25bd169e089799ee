using IptCloud.Data.Courses;
using IptCloud.Portal.Shared;
using Microsoft.AspNetCore.DataProtection;

namespace IptCloud.Portal.Desk;

public sealed class CaseloadTests
{
    [Fact]
    public void An_address_holds_the_sealed_search_and_never_the_name()
    {
        var seal = new SearchSeal(new EphemeralDataProtectionProvider());
        var find = seal.Seal("  Okafor ");
        var address = new CaseloadAddress(3, Ended: true, Clinics: true, find).ToString();

        Assert.Equal($"/caseload?ended=true&clinics=true&find={find}&page=3", address);
        Assert.DoesNotContain("Okafor", address, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Okafor", seal.Open(find));
        Assert.Equal("/caseload", new CaseloadAddress(1, false, false, null).ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Okafor")]
    [InlineData("%%%")]
    [InlineData("AAAA")]
    public void What_was_not_sealed_here_searches_nothing(string? find) => Assert.Null(new SearchSeal(new EphemeralDataProtectionProvider()).Open(find));

    [Fact]
    public void Nothing_is_sealed_for_an_empty_box() => Assert.Null(new SearchSeal(new EphemeralDataProtectionProvider()).Seal(" "));

    [Fact]
    public void Status_tells_what_waits_then_where_the_course_stands()
    {
        Assert.Equal([(Tone.Alert, "Open alert"), (Tone.Info, "Note to finish"), (Tone.Neutral, "On hold")],
            CardWords.Status(new() { Status = "OnHold" }, [InboxKind.Alert, InboxKind.Note], "Europe/London"));
        Assert.Equal([(Tone.Good, "Nothing waiting")], CardWords.Status(new() { Status = "Active" }, [], "Europe/London"));
        Assert.Equal([(Tone.Info, "Not started")], CardWords.Status(new() { Status = "Referred" }, [], "Europe/London"));
        Assert.Equal([(Tone.Neutral, "Ended 25 November 2026")],
            CardWords.Status(new() { Status = "Closed", ClosedAt = new(2026, 11, 24, 23, 30, 0, TimeSpan.Zero) }, [], "Europe/Berlin"));
    }

    [Fact]
    public void A_long_status_is_cut_and_counted()
    {
        var tags = CardWords.Status(new() { Status = "Active" }, Enum.GetValues<InboxKind>(), "Europe/London");
        Assert.Equal(4, tags.Count);
        Assert.Equal("and 5 more", tags[^1].Words);
    }

    [Fact]
    public void Totals_are_read_in_order() => Assert.Equal([21, 19, 7], CardWords.Scores("21,19,7"));
}
