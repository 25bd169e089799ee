using IptCloud.Contracts.Billing;
using IptCloud.Host.Storage;
using IptCloud.Stripe.Billing;

namespace IptCloud.Host.Verbs;

/// <summary>Makes at Stripe what must exist before anybody can subscribe. Safe to repeat.</summary>
internal static class StripeVerb
{
    public static async Task<int> RunAsync(Launch launch)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables();
        configuration.AddSecrets(launch);
        var section = configuration.Build().GetSection("Stripe");
        if (section["ApiKey"] is not { Length: > 0 }) throw new LaunchException("Set Stripe__ApiKey to the secret key of the account first.");
        if (launch.PublicUrl.Scheme != Uri.UriSchemeHttps && !launch.PublicUrl.IsLoopback) throw new LaunchException("Stripe sends events to https only. Name the public address with --public-url.");
        ServiceCollection services = new();
        services.AddSingleton(TimeProvider.System).AddData(launch).AddStripe(s =>
        {
            section.Bind(s);
            s.PublicUrl = launch.PublicUrl;
            if (s.WebhookSecret.Length == 0) s.WebhookSecret = "not made yet";
        });
        await using var provider = services.BuildServiceProvider();
        var catalog = provider.GetRequiredService<StripeCatalog>();
        try
        {
            await catalog.EnsurePriceAsync();
            await catalog.EnsurePortalAsync();
            Console.WriteLine(await catalog.EnsureWebhookAsync() is { } secret
                ? $"Everything is set up. Set Stripe__WebhookSecret={secret} (Stripe shows it once)."
                : "Everything was set up already. Stripe's dashboard shows the secret of the webhook endpoint.");
            return 0;
        }
        catch (BillingUnavailableException e)
        {
            throw new LaunchException($"Stripe could not be reached: {e.Message}");
        }
        catch (BillingRefusedException e)
        {
            throw new LaunchException($"Stripe refused ({e.Code}). Is Stripe__ApiKey right, and may it write products, prices, portal configurations and webhook endpoints?");
        }
    }
}
