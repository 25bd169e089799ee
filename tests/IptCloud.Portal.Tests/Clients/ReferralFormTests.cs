using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Protocols;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Clients;

public sealed class ReferralFormTests
{
    private static readonly DateTimeOffset now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly ClinicId clinic = TypedId.New<ClinicId>(now);
    private static readonly MemberId therapist = TypedId.New<MemberId>(now);
    private static readonly ClientId client = TypedId.New<ClientId>(now);
    private static readonly string key = ReferralForm.Key(clinic, therapist);
    private static readonly ReferralChoices choices = new(new Dictionary<string, (ClinicId, MemberId)> { [key] = (clinic, therapist) }, [], new Dictionary<string, ClientId>(), [], "Europe/London");

    [Fact]
    public void What_is_offered_makes_a_command()
    {
        var errors = new FormErrors();
        var protocol = Catalog.Current.Protocols.First();
        var command = new ReferralForm { Therapist = key, Protocol = ReferralForm.Key(protocol), Reason = "Low mood." }.Read(choices, client, errors);

        Assert.False(errors.Any);
        Assert.Equal(new(client, therapist, clinic, protocol.Id, protocol.Version, "Low mood."), command);
    }

    [Fact]
    public void What_is_not_offered_is_not_accepted()
    {
        var errors = new FormErrors();
        var other = ReferralForm.Key(clinic, TypedId.New<MemberId>(now.AddDays(1)));
        Assert.Null(new ReferralForm { Therapist = other, Protocol = "ipt-99:1", Reason = " " }.Read(choices, client, errors));
        Assert.Equal(["Form.Therapist", "Form.Protocol", "Form.Reason"], errors.All.Select(e => e.Field));
    }
}
