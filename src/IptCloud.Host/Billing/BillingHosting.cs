using System.Security.Cryptography;
using IptCloud.Data.Billing;
using IptCloud.Portal;
using IptCloud.Stripe.Billing;

namespace IptCloud.Host.Billing;

/// <summary>How networks are billed: by Stripe if a key is configured; by its simulator on an embedded installation; otherwise not at all.</summary>
internal static class BillingHosting
{
    // The pages that Stripe sends people to; a form of ours leads there.
    private static readonly string[] StripePages = ["https://checkout.stripe.com", "https://billing.stripe.com", "https://invoice.stripe.com"];

    public static WebApplicationBuilder AddBilling(this WebApplicationBuilder builder, Launch launch)
    {
        var section = builder.Configuration.GetSection("Stripe");
        if (section["ApiKey"] is { Length: > 0 })
        {
            builder.Services.AddStripe(s =>
            {
                section.Bind(s);
                s.PublicUrl = launch.PublicUrl;
            });
            return builder.WithOrigins(StripePages);
        }

        if (!IsSimulated(launch, builder.Configuration)) return builder;
        var (key, secret) = ($"sk_test_{Secret()}", $"whsec_{Secret()}");
        builder.Services.AddStripe(s => (s.ApiKey, s.WebhookSecret, s.ApiBase, s.PublicUrl) = (key, secret, launch.SimulatorUrl, launch.PublicUrl), isSimulated: true);
        builder.Services.AddSingleton(s => new SimulatedStripe(launch, key, secret, s.GetRequiredService<StripeCatalog>(), s.GetRequiredService<TimeProvider>()));
        builder.Services.AddHostedService(s => s.GetRequiredService<SimulatedStripe>());
        builder.Services.AddSingleton(s => new BillingClock(s.GetRequiredService<TimeProvider>(), () => s.GetRequiredService<SimulatedStripe>().Server?.Ahead ?? TimeSpan.Zero));
        return builder.WithOrigins([launch.SimulatorUrl.GetLeftPart(UriPartial.Authority)]);
    }

    /// <summary>The simulator moves no money: where real networks are served it must not be possible to believe that it did.</summary>
    public static bool IsSimulated(Launch launch, IConfiguration configuration) => launch is { IsEmbedded: true, Billing: true } && configuration["Stripe:ApiKey"] is not { Length: > 0 };

    private static WebApplicationBuilder WithOrigins(this WebApplicationBuilder builder, IReadOnlyList<string> origins)
    {
        if (builder.Services.LastOrDefault(d => d.ServiceType == typeof(PortalOptions))?.ImplementationInstance is PortalOptions portal) portal.PaymentOrigins = origins;
        return builder;
    }

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
