using IptCloud.Contracts.Billing;
using IptCloud.Data.Billing;
using IptCloud.Domain.Identifiers;
using Microsoft.Extensions.Options;
using Stripe;
using Stripe.Checkout;

namespace IptCloud.Stripe.Billing;

/// <summary>The first subscription: a customer, and one open Checkout page at a time.</summary>
internal sealed class StripeCheckout(StripeApi api, StripeCatalog catalog, Subscriptions subscriptions, TimeProvider system, IOptions<StripeSettings> options)
{
    /// <summary>Our word for the network in Stripe's metadata.</summary>
    public const string NetworkField = "network_id";

    // Stripe closes a page after a day; a page that is about to close is not worth going back to.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(22);

    // Checkout demands that a trial ends two days ahead at the earliest; what is left of a shorter one is not worth a refusal.
    private static readonly TimeSpan ShortestTrial = TimeSpan.FromHours(49);

    private readonly CustomerService customers = new(api.Client);
    private readonly SessionService sessions = new(api.Client);

    public async Task CustomerAsync(NetworkId network, BillingContact contact, CancellationToken ct)
    {
        if (await subscriptions.FindAsync(network, ct) is not null) return;
        Customer customer;
        try
        {
            // A crash before it is linked leaves a customer that the same key finds again within a day.
            customer = await CreateAsync(network, contact, $"customer-{network}", ct);
        }
        catch (BillingUnavailableException e) when (e.IsKept)
        {
            // Stripe repeats its failure to that key. A customer that was made all the same stays empty and harms nobody.
            customer = await CreateAsync(network, contact, $"customer-{network}-{Guid.NewGuid():N}", ct);
        }

        await subscriptions.LinkAsync(network, customer.Id, ct);
    }

    private Task<Customer> CreateAsync(NetworkId network, BillingContact contact, string key, CancellationToken ct) =>
        StripeApi.CallAsync(() => customers.CreateAsync(new() { Name = contact.Name, Email = contact.Email, Metadata = new() { [NetworkField] = network.ToString() } }, StripeApi.Key(key), ct));

    public async Task<Uri> OpenAsync(NetworkId network, int seats, DateTimeOffset? trialEnd, Guid command, CancellationToken ct)
    {
        if (await catalog.FindPriceAsync(ct) is not { Id: var seat }) throw new BillingUnavailableException($"There is no price {StripeSettings.SeatPrice}.");
        var before = await subscriptions.FindAsync(network, ct);
        string? dead = null;
        for (var attempt = 0; ; attempt++)
        {
            var order = await subscriptions.OrderAsync(network, seats, attempt == 0 ? command : Guid.CreateVersion7(system.GetUtcNow()), dead, Lifetime, ct);
            if (before?.OrderSession is { } left && left != order.OrderSession) await ExpireAsync(left, ct);
            Session session;
            try
            {
                session = await StripeApi.CallAsync(() => sessions.CreateAsync(Order(order, seat, trialEnd), StripeApi.Key($"checkout-{order.OrderKey:N}"), ct));
            }
            catch (BillingUnavailableException e) when (e.IsKept)
            {
                // The next attempt takes a key of its own; a page that was made all the same has an address that nobody knows.
                await subscriptions.ForgetOrderAsync(network, order.OrderKey!.Value, ct);
                throw;
            }
            catch (BillingRefusedException) when (attempt == 0)
            {
                // The key was used for another order: a trial that has begun since, another price. A new key, once.
                await subscriptions.ForgetOrderAsync(network, order.OrderKey!.Value, ct);
                continue;
            }

            await subscriptions.OrderedAsync(network, order.OrderKey!.Value, session.Id, ct);
            // The key gives the answer of the first time; how the page stands now must be asked.
            if (await StripeApi.CallAsync(() => sessions.GetAsync(session.Id, cancellationToken: ct)) is { Status: "open", Url: { } page }) return new(page);
            if (attempt > 2) throw new BillingUnavailableException("The checkout page was closed again and again.");
            dead = session.Id;
        }
    }

    private SessionCreateOptions Order(SubscriptionRow order, string price, DateTimeOffset? trialEnd)
    {
        var network = order.NetworkId.ToString();
        return new()
        {
            Mode = "subscription", Customer = order.CustomerId, ClientReferenceId = network,
            LineItems = [new() { Price = price, Quantity = order.OrderSeats }],
            SubscriptionData = new() { Metadata = new() { [NetworkField] = network }, TrialEnd = trialEnd - order.OrderedAt >= ShortestTrial ? trialEnd?.UtcDateTime : null },
            SuccessUrl = Back("/network/plan/back?from=checkout"), CancelUrl = Back("/network/plan"), BillingAddressCollection = "required", TaxIdCollection = new() { Enabled = true },
            CustomerUpdate = new() { Address = "auto", Name = "auto" }, PaymentMethodCollection = "always",
        };
    }

    private string Back(string path) => new Uri(options.Value.PublicUrl!, path).ToString();

    private async Task ExpireAsync(string session, CancellationToken ct)
    {
        try
        {
            await StripeApi.CallAsync(() => sessions.ExpireAsync(session, cancellationToken: ct));
        }
        catch (BillingRefusedException)
        {
            // Paid or expired meanwhile: the next reading of the customer sees it.
        }
    }
}
