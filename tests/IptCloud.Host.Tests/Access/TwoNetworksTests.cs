using System.Net;
using System.Text.Json;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using IptCloud.Host.Browser;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Host.Access;

/// <summary>One person in two networks.</summary>
[Collection("browser"), Trait("Needs", "chromium")]
public sealed class TwoNetworksTests(PortalSite site) : IClassFixture<PortalSite>
{
    private static readonly NetworkId other = TypedId.Derive<NetworkId>(SiteClinic.Root, "other network");

    [Fact]
    public async Task A_form_of_the_network_left_in_another_tab_is_refused_with_its_name_and_its_text()
    {
        await PlantAsync();
        using Visitor visitor = new(site);
        await visitor.GivePasswordAsync(SiteClinic.Colleague.Email);
        Assert.Equal("/sign-in/network?return=%2F", (await visitor.GiveCodeAsync(await site.CodeAsync(SiteClinic.Colleague))).To);
        Assert.Equal("/", (await visitor.SendAsync("/sign-in/network", "network", ("Form.Network", SiteClinic.NetworkId.ToString()))).To);

        // Two tabs: one stays on a form of the first network.
        var old = await visitor.GetAsync("/courses/new");
        Assert.Contains("Change", old.Text, StringComparison.Ordinal);
        Assert.Equal("/", (await visitor.SendAsync("/sign-in/network", "network", ("Form.Network", other.ToString()))).To);
        Assert.Contains("Selwood Network", (await visitor.GetAsync("/my-day")).Text, StringComparison.Ordinal);

        var refused = await visitor.PostAsync("/courses/new", old.Token, "referral", ("Form.Record.GivenName", "Wilhelmina"), ("Form.Record.FamilyName", "Typed before"));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("opened in Wexcombe Network", refused.Text, StringComparison.Ordinal);
        Assert.Contains("you work in Selwood Network", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Wilhelmina", refused.Text, StringComparison.Ordinal);

        // Back in the first one the same page's form is taken: nothing was wrong with it.
        Assert.Equal("/", (await visitor.PostAsync("/sign-in/network", old.Token, "network", ("Form.Network", SiteClinic.NetworkId.ToString()))).To);
        Assert.NotEqual(HttpStatusCode.Conflict, (await visitor.PostAsync("/courses/new", old.Token, "referral", ("Form.Record.GivenName", "Wilhelmina"))).Status);
    }

    private async Task PlantAsync()
    {
        await using var db = site.Services.GetRequiredService<Databases>().Make(DatabaseRole.App, other);
        var member = TypedId.Derive<MemberId>(SiteClinic.Root, "member of the other");
        db.Networks.Add(await site.Services.GetRequiredService<NetworkKeys>().FoundAsync(new() { NetworkId = other, Name = "Selwood Network", Policy = JsonSerializer.Serialize(NetworkPolicy.Default) }));
        db.Members.Add(new() { NetworkId = other, MemberId = member, UserId = SiteClinic.Colleague.UserId, Name = "Tomasz Lis", Email = SiteClinic.Colleague.Email, Roles = Roles.Therapist });
        db.Memberships.Add(new() { NetworkId = other, MemberId = member, UserId = SiteClinic.Colleague.UserId });
        await db.SaveChangesAsync();
    }
}
