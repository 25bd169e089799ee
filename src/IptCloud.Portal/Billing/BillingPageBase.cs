using IptCloud.Contracts.Billing;
using IptCloud.Data.Billing;
using IptCloud.Domain;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Billing;
using IptCloud.Domain.Networks;
using IptCloud.Portal.Networks;
using Microsoft.AspNetCore.Components;

namespace IptCloud.Portal.Billing;

/// <summary>What the pages of billing share: seats and subscription as they stand, and a payment service that may not answer.</summary>
public abstract class BillingPageBase : FormPage
{
    [Inject] private IEnumerable<IBillingProvider> Providers { get; set; } = [];
    [Inject] private SeatBook SeatBook { get; set; } = default!;
    [Inject] private Subscriptions Subscriptions { get; set; } = default!;
    [Inject] private Data.Audit.AuditWatch Watch { get; set; } = default!;

    /// <summary>How this installation bills.</summary>
    [Inject] protected BillingProfile Profile { get; set; } = default!;

    /// <summary>The payment service; null where none is configured.</summary>
    protected IBillingProvider? Provider => Providers.LastOrDefault();

    /// <summary>The seats of the reader's network.</summary>
    protected Seats Seats { get; private set; } = Seats.First;

    /// <summary>Its subscription; null if it never ordered one.</summary>
    protected SubscriptionRow? Subscription { get; private set; }

    /// <summary>What it may do.</summary>
    protected Entitlement Entitlement { get; private set; }

    /// <summary>True if the subscription takes seats.</summary>
    protected bool IsSubscribed => Subscription?.Status.TakesSeats() == true;

    /// <summary>True if it is not over, paid or not.</summary>
    protected bool IsLive => Subscription?.Status.IsLive() == true;

    /// <inheritdoc />
    protected override async Task<bool> LoadAsync()
    {
        (Seats, Subscription) = (await SeatBook.FindAsync(Me.Network), await Subscriptions.FindAsync(Me.Network));
        Entitlement = await Subscriptions.EntitlementAsync(Me.Network);
        return true;
    }

    /// <summary>Asks the payment service; where it does not answer, the page says so and keeps what was typed.</summary>
    protected async Task<T?> AskAsync<T>(Func<IBillingProvider, Task<T>> ask) where T : class
    {
        ArgumentNullException.ThrowIfNull(ask);
        if (Provider is not { } provider) return null;
        if (Form.Any && !AccessTable.Somewhere(Act.ChangePlan, Me.Actor))
        {
            Wrong(BillingRefusals.NotYours);
            return null;
        }

        try
        {
            return await ask(provider);
        }
        catch (BillingUnavailableException)
        {
            Wrong(BillingRefusals.Unavailable);
            return null;
        }
        catch (BillingRefusedException)
        {
            Wrong(BillingRefusals.Declined);
            return null;
        }
    }

    /// <summary>Goes to a page of the payment service, and writes down who did.</summary>
    protected async Task LeaveAsync(SettingsChange deed, Func<IBillingProvider, Task<BillingPage>> ask)
    {
        if (await AskAsync(ask) is not { } page) return;
        Watch.Settled(Me.Network, deed, null, denied: page.Refused is not null);
        if (page.Refused is { } refused) Wrong(refused);
        else Go(page.Address!.ToString());
    }

    /// <summary>Does something at the payment service, and writes down who did.</summary>
    protected async Task DoAsync(SettingsChange deed, Func<IBillingProvider, Task<Refusal?>> act, string to)
    {
        if (await AskAsync(async provider => new Outcome(await act(provider))) is not { } outcome) return;
        Watch.Settled(Me.Network, deed, null, denied: outcome.Refused is not null);
        await SettleAsync(outcome.Refused, to);
    }

    private sealed record Outcome(Refusal? Refused);
}
