using System.Collections.Frozen;
using System.Text.Json;
using IptCloud.Data.Billing;
using Microsoft.Extensions.Options;
using Stripe;

namespace IptCloud.Stripe.Billing;

/// <summary>Webhooks. Of an event only this counts: that something happened to a customer.</summary>
internal sealed class StripeEvents(BillingEvents events, TimeProvider system, IOptions<StripeSettings> options)
{
    private const long ToleranceSeconds = 300;

    /// <summary>The types that a refresh can follow from; the endpoint is subscribed to these.</summary>
    public static readonly FrozenSet<string> Types = new[]
    {
        "checkout.session.completed", "checkout.session.expired", "customer.deleted", "customer.subscription.created", "customer.subscription.deleted", "customer.subscription.paused",
        "customer.subscription.pending_update_applied", "customer.subscription.pending_update_expired", "customer.subscription.resumed", "customer.subscription.trial_will_end", "customer.subscription.updated",
        "invoice.created", "invoice.finalized", "invoice.marked_uncollectible", "invoice.paid", "invoice.payment_action_required", "invoice.payment_failed", "invoice.updated", "invoice.voided", "payment_method.updated",
    }.ToFrozenSet();

    public async Task<bool> ReceiveAsync(string body, string? signature, CancellationToken ct)
    {
        if (!IsSigned(body, signature)) return false;
        using var json = Parse(body);
        if (json is null) return false;
        var root = json.RootElement;
        var (id, type, version) = (Text(root, "id"), Text(root, "type") ?? "", Text(root, "api_version") ?? "");
        if (id is null || !root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object || !data.TryGetProperty("object", out var thing)) return false;
        var customer = Text(thing, "object") == "customer" ? Text(thing, "id") : Text(thing, "customer");
        var (state, detail) = await StateAsync(root, type, version, customer, thing, ct);
        await events.ReceiveAsync(new(id, type, version, customer, state, detail), ct);
        return true;
    }

    private async Task<(string State, string? Detail)> StateAsync(JsonElement root, string type, string version, string? customer, JsonElement thing, CancellationToken ct)
    {
        if (root.TryGetProperty("livemode", out var live) && live.ValueKind == JsonValueKind.True != options.Value.IsLive) return (BillingEventStates.Foreign, live.ValueKind == JsonValueKind.True ? "real money, and this is a test" : "test money");
        if (!Types.Contains(type)) return (BillingEventStates.Ignored, null);
        // Release names only, as Stripe's library compares them: dates within a release change nothing that is read.
        if (Release(version) != Release(StripeConfiguration.ApiVersion)) return (BillingEventStates.OtherVersion, null);
        if (customer is null) return (BillingEventStates.Ignored, "no customer");
        if (await events.NetworkOfAsync(customer, ct) is not { } network) return (BillingEventStates.Foreign, "no network has this customer");
        if (thing.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object && Text(metadata, StripeCheckout.NetworkField) is { } named && named != network.ToString()) return (BillingEventStates.Foreign, "names another network than its customer’s");
        return (BillingEventStates.Waiting, null);
    }

    private bool IsSigned(string body, string? signature)
    {
        if (string.IsNullOrEmpty(signature)) return false;
        foreach (var secret in options.Value.WebhookSecret.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            try
            {
                EventUtility.ValidateSignature(body, signature, secret, ToleranceSeconds, system.GetUtcNow().ToUnixTimeSeconds());
                return true;
            }
            catch (StripeException)
            {
                // Not with this secret; perhaps with the next.
            }

        return false;
    }

    private static JsonDocument? Parse(string body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null; // signed, and still no event: kept nowhere, answered with 400, shown in the payment service's own list
        }
    }

    private static string Release(string version) => version.Split('.', 2) is [_, var name] ? name : "";

    private static string? Text(JsonElement of, string name)
    {
        if (of.ValueKind != JsonValueKind.Object || !of.TryGetProperty(name, out var found) || found.ValueKind != JsonValueKind.String) return null;
        try
        {
            return found.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // half a character: JSON by its letters, and no text
        }
    }
}
