using System.Text.Json.Nodes;
using IptCloud.Data.Billing;
using IptCloud.Domain.Billing;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;
using Stripe;

namespace IptCloud.Stripe.Billing;

/// <summary>Attack 10: what comes to the webhook's address, and what becomes of it. Nothing in an event is ever believed.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private const string Secret = "whsec_till";

    private Till till = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        till = await Till.OnSqliteAsync();
        await till.JoinAsync();
        await till.SubscribeAsync();
    }

    public ValueTask DisposeAsync() => till.DisposeAsync();

    [Fact]
    public async Task Without_the_right_signature_of_these_minutes_nothing_is_kept()
    {
        var (body, before) = (await EventAsync(), await KeptAsync());
        Assert.False(await till.Provider.ReceiveAsync(body, null, Ct));
        Assert.False(await till.Provider.ReceiveAsync(body, "", Ct));
        Assert.False(await till.Provider.ReceiveAsync(body, Sign(body, "whsec_other"), Ct));
        Assert.False(await till.Provider.ReceiveAsync(body + " ", Sign(body), Ct));
        Assert.False(await till.Provider.ReceiveAsync(body, Sign(body, at: till.Clock.GetUtcNow().AddSeconds(-301)), Ct));
        Assert.False(await till.Provider.ReceiveAsync(body, Sign(body, at: till.Clock.GetUtcNow().AddSeconds(301)), Ct));
        Assert.Equal(before, await KeptAsync());
        Assert.True(await till.Provider.ReceiveAsync(body, Sign(body, at: till.Clock.GetUtcNow().AddSeconds(-299)), Ct));
        Assert.Equal(before + 1, await KeptAsync());
        Assert.True(await till.Provider.ReceiveAsync(body, Sign(body), Ct));
        Assert.Equal(before + 1, await KeptAsync());
    }

    [Fact]
    public async Task A_signed_event_that_lies_changes_nothing()
    {
        // It says canceled; Stripe, asked, says active.
        var id = await SendAsync(e => e["data"]!["object"]!["status"] = "canceled", "customer.subscription.deleted");
        await till.WorkAsync();
        Assert.Equal(BillingEventStates.Done, await StateAsync(id));
        Assert.Equal(SubscriptionStatus.Active, (await till.SubscriptionAsync()).Status);
    }

    [Theory]
    [InlineData("another customer", BillingEventStates.Foreign)]
    [InlineData("another network", BillingEventStates.Foreign)]
    [InlineData("real money", BillingEventStates.Foreign)]
    [InlineData("older version", BillingEventStates.OtherVersion)]
    [InlineData("no version", BillingEventStates.OtherVersion)]
    [InlineData("newer of the same release", BillingEventStates.Waiting)]
    [InlineData("unknown type", BillingEventStates.Ignored)]
    [InlineData("no customer", BillingEventStates.Ignored)]
    public async Task Whatever_is_not_a_signal_for_a_network_here_is_put_aside(string what, string state)
    {
        var id = await SendAsync(e =>
        {
            var thing = e["data"]!["object"]!;
            switch (what)
            {
                case "another customer": thing["customer"] = "cus_of_nobody"; break;
                case "another network": thing["metadata"] = new JsonObject { ["network_id"] = Guid.NewGuid().ToString() }; break;
                case "real money": e["livemode"] = true; break;
                case "older version": e["api_version"] = "2026-07-29.dahlia"; break;
                case "no version": e["api_version"] = ""; break;
                case "newer of the same release": e["api_version"] = "2026-11-30.endive"; break;
                case "no customer": thing["customer"] = null; break;
                default: break;
            }
        }, what == "unknown type" ? "radar.early_fraud_warning.created" : "customer.subscription.updated");
        Assert.Equal(state, await StateAsync(id));
        Assert.Equal(state is BillingEventStates.Foreign or BillingEventStates.OtherVersion or BillingEventStates.Waiting, (await till.Get<BillingEvents>().OpenAsync(10, Ct)).Any(e => e.EventId == id));
    }

    [Fact]
    public async Task What_was_put_aside_can_be_tried_again_and_what_was_done_cannot()
    {
        var id = await SendAsync(e => e["api_version"] = "2026-07-29.dahlia", "customer.subscription.updated");
        Assert.True(await till.Get<BillingEvents>().ReplayAsync(id, Ct));
        await till.WorkAsync();
        Assert.Equal(BillingEventStates.Done, await StateAsync(id));
        Assert.False(await till.Get<BillingEvents>().ReplayAsync(id, Ct));
    }

    [Fact]
    public async Task Attack_9_an_invoice_of_another_network_is_not_opened()
    {
        NetworkId other = new(Guid.NewGuid());
        var mine = (await till.Get<Subscriptions>().InvoicesAsync(till.Network, 1, Ct))[0].InvoiceId;
        Assert.NotNull((await till.Provider.InvoicePageAsync(till.Network, mine, Ct)).Address);

        // A second network of the same installation, and the same Stripe account.
        var founded = await till.Get<Data.Keys.NetworkKeys>().FoundAsync(new() { NetworkId = other, Name = "Another", Policy = "{}" }, Ct);
        await using (var db = await till.Get<Data.Storage.Databases>().WriteAsync(other, Ct))
        {
            db.Networks.Add(founded);
            await db.SaveChangesAsync(Ct);
        }

        await till.Provider.SubscribeAsync(other, new("Another", "b@example.org"), 1, null, Guid.NewGuid(), Ct);
        var page = await till.Provider.InvoicePageAsync(other, mine, Ct);
        Assert.Null(page.Address);
        Assert.Equal("billing.no-invoice", page.Refused!.Code);
        Assert.Equal("billing.no-invoice", (await till.Provider.InvoicePageAsync(other, "in_of_nobody", Ct)).Refused!.Code);
    }

    private async Task<string> SendAsync(Action<JsonObject> change, string type)
    {
        var e = JsonNode.Parse(await EventAsync())!.AsObject();
        e["type"] = type;
        change(e);
        var body = e.ToJsonString();
        Assert.True(await till.Provider.ReceiveAsync(body, Sign(body), Ct));
        return (string)e["id"]!;
    }

    /// <summary>An event about this network's subscription, with a new id.</summary>
    private async Task<string> EventAsync()
    {
        var e = (await till.AtStripeAsync("event")).Last(o => (string)o["type"]! == "customer.subscription.created").DeepClone().AsObject();
        e["id"] = $"evt_{Guid.NewGuid():N}";
        return e.ToJsonString();
    }

    private string Sign(string body, string secret = Secret, DateTimeOffset? at = null) => EventUtility.GenerateSignatureHeader(body, secret, (at ?? till.Clock.GetUtcNow()).ToUnixTimeSeconds());

    private Task<int> KeptAsync() => till.ReadDirectoryAsync(db => db.BillingEvents.CountAsync(Ct));

    private Task<string> StateAsync(string id) => till.ReadDirectoryAsync(db => db.BillingEvents.Where(e => e.EventId == id).Select(e => e.State).SingleAsync(Ct));
}
