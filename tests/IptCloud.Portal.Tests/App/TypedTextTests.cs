using Microsoft.AspNetCore.Http;

namespace IptCloud.Portal;

public sealed class TypedTextTests
{
    [Fact]
    public void What_was_typed_comes_back_in_words_and_nothing_else_does()
    {
        var kept = TypedText.Entries(
        [
            ("__RequestVerificationToken", "CfDJ8"), ("_handler", "referral"), ("Form.Password", "a secret"), ("Form.Command", "0197b0c0aaaa7bbb8cccddddeeeeffff"),
            ("Form.Therapist", "a01c8cfdcb7c81049ae6d418a44c5edc:2a365c4439c680b994aaed3cdf054cb3"), ("Form.Record.GivenName", "Zoë"), ("note.text", "Low mood since the move."), ("Form.Phone", ""),
        ]).ToList();

        Assert.Equal([new("Given name", "Zoë"), new("Text", "Low mood since the move.")], kept);
    }

    [Fact]
    public void A_day_comes_back_as_one()
    {
        FormCollection form = new(new() { ["which"] = "contact", ["contact.date.Day"] = "21", ["contact.date.Month"] = "11", ["contact.date.Year"] = "2026", ["contact.text"] = "Rang." });

        Assert.Equal([new("Date", "21 11 2026"), new("Text", "Rang.")], TypedText.Entries(TypedText.Dated(form).Select(f => (f.Key, f.Value.ToString()))));
    }
}
