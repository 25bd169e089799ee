using IptCloud.Contracts.Billing;
using IptCloud.Data.Billing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IptCloud.Stripe.Billing;

/// <summary>Registers Stripe as the payment service.</summary>
public static class StripeHosting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Networks are billed from then on.</summary>
    /// <param name="isSimulated">The address is the simulator's: every page of billing says so.</param>
    public static IServiceCollection AddStripe(this IServiceCollection services, Action<StripeSettings> configure, bool isSimulated = false)
    {
        services.AddOptions<StripeSettings>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpClient(StripeApi.ClientName, http => http.Timeout = Patience);
        services.AddSingleton(new BillingProfile(true, isSimulated));
        services.AddSingleton<StripeApi>().AddSingleton<StripeReader>().AddSingleton<StripeCheckout>().AddSingleton<StripeSeats>().AddSingleton<StripeEvents>();
        services.AddSingleton(s => new StripeCatalog(s.GetRequiredService<StripeApi>(), s.GetRequiredService<IOptions<StripeSettings>>(), s.GetRequiredService<TimeProvider>()));
        return services.AddSingleton<IBillingProvider, StripeBilling>();
    }
}
