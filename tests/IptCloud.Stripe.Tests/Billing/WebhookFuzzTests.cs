using System.Text.Json;
using CsCheck;
using IptCloud.Data.Billing;
using IptCloud.Domain.Billing;
using Microsoft.EntityFrameworkCore;
using Stripe;

namespace IptCloud.Stripe.Billing;

/// <summary>Events that are signed, and broken in some way: each is kept or turned away, none fails, and none changes what is known of the network.</summary>
public sealed class WebhookFuzzTests
{
    private const int Tries = 600;

    private static readonly string[] Pieces =
    [
        "", "null", "true", "-1", "1e999", "99999999999999999999", "{}", "[]", "[[[[[[", "{\"a\":", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"\u202e\"", "\"id\"", "\"object\"", "\"data\"", "\"customer\"", "\"metadata\"", ",", ":", "}", "\\",
    ];

    private static readonly string[] States =
        [BillingEventStates.Waiting, BillingEventStates.Done, BillingEventStates.Ignored, BillingEventStates.Foreign, BillingEventStates.OtherVersion];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_broken_event_fails_or_changes_anything()
    {
        await using var till = await Till.OnSqliteAsync();
        await till.JoinAsync();
        await till.SubscribeAsync();
        var right = (await till.AtStripeAsync("event")).Last(o => (string)o["type"]! == "customer.subscription.created").ToJsonString();
        var before = await till.SubscriptionAsync();
        var broken = Gen.Select(Gen.Int[0, right.Length - 1], Gen.Int[0, 60], Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]), Gen.Int[0, 3]).Array[1, 4].Select(cuts => cuts.Aggregate(right, Break));
        await broken.SampleAsync(async body =>
        {
            await till.Provider.ReceiveAsync(body, EventUtility.GenerateSignatureHeader(body, "whsec_till", till.Clock.GetUtcNow().ToUnixTimeSeconds()), Ct);
            return true;
        }, iter: Tries, threads: 1);

        await till.WorkAsync();
        Assert.All(await till.ReadDirectoryAsync(db => db.BillingEvents.Select(e => e.State).Distinct().ToListAsync(Ct)), s => Assert.Contains(s, States));
        var after = await till.SubscriptionAsync();
        Assert.Equal((before.Status, before.Billed, before.SubscriptionId), (after.Status, after.Billed, after.SubscriptionId));
        Assert.Equal(SubscriptionStatus.Active, after.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"words\"")]
    [InlineData("{\"id\":1}")]
    [InlineData("{\"id\":\"evt_1\"}")]
    [InlineData("{\"id\":\"evt_1\",\"data\":null}")]
    [InlineData("{\"id\":\"evt_1\",\"data\":[]}")]
    public async Task What_is_signed_and_no_event_is_turned_away(string body)
    {
        await using var till = await Till.OnSqliteAsync();
        Assert.False(await till.Provider.ReceiveAsync(body, EventUtility.GenerateSignatureHeader(body, "whsec_till", till.Clock.GetUtcNow().ToUnixTimeSeconds()), Ct));
    }

    private static string Break(string body, (int At, int Length, string Piece, int How) cut)
    {
        var (at, end) = (Math.Min(cut.At, body.Length), Math.Min(cut.At + cut.Length, body.Length));
        return cut.How switch
        {
            0 => body[..at] + cut.Piece + body[end..],
            1 => body[..at],
            2 => body[..end] + body[at..],
            _ => Swap(body, at, cut.Piece),
        };
    }

    /// <summary>A whole value in place of another, so that what comes out is still JSON, of another shape.</summary>
    private static string Swap(string body, int at, string piece)
    {
        var from = body.IndexOf(':', Math.Min(at, Math.Max(0, body.Length - 1)));
        var to = from < 0 ? -1 : body.IndexOfAny([',', '}', ']'], from);
        return to < 0 ? body : $"{body[..(from + 1)]}{(IsJson(piece) ? piece : "null")}{body[to..]}";
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
