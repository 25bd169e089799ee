using IptCloud.Domain.Clients;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Clients;

public sealed class ClientFormTests
{
    private static readonly ClientRecord record = new("Amara", "Okafor", "Europe/London", "en-GB", "amara@example.org", true, "020 7946 0000", false, true);

    [Fact]
    public void A_record_comes_back_as_it_was()
    {
        var errors = new FormErrors();
        Assert.Equal(record, ClientForm.Of(record).Read(errors, "Form."));
        Assert.False(errors.Any);
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("a@b")]
    [InlineData("Amara <amara@example.org>")]
    [InlineData("amara@example.org\r\nBcc: x@example.org")]
    public void Only_one_plain_address_is_taken(string email)
    {
        var (errors, form) = (new FormErrors(), ClientForm.Of(record));
        form.Email = email;
        Assert.Null(form.Read(errors, "Form."));
        Assert.NotNull(errors["Form.Email"]);
    }

    [Fact]
    public void Consent_needs_something_to_consent_to()
    {
        var errors = new FormErrors();
        var form = new ClientForm { GivenName = "Amara", Zone = "Europe/London", Language = "en-GB", EmailConsent = "true", PhoneConsent = "true" };
        Assert.Null(form.Read(errors, "Form."));
        Assert.Equal(["Form.Email", "Form.Phone"], errors.All.Select(e => e.Field));
    }

    [Fact]
    public void Every_fault_is_said_at_its_field()
    {
        var errors = new FormErrors();
        Assert.Null(new ClientForm { Zone = "Mars/Olympus", Language = "tlh", Email = "x", Phone = "call me" }.Read(errors, "Form."));
        Assert.Equal(["Form.GivenName", "Form.Zone", "Form.Language", "Form.Email", "Form.Phone"], errors.All.Select(e => e.Field));
    }

    [Fact]
    public void A_zone_in_use_stays_on_offer() => Assert.Contains(Zones.With("Etc/UTC"), z => z.Value == "Etc/UTC");
}
