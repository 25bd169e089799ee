using System.Net;
using IptCloud.Contracts.Billing;
using Microsoft.Extensions.Options;
using Stripe;

namespace IptCloud.Stripe.Billing;

/// <summary>Calls to Stripe. What may be tried again becomes a <see cref="BillingUnavailableException"/>; what Stripe refuses, a <see cref="BillingRefusedException"/>.</summary>
internal sealed class StripeApi(IOptions<StripeSettings> options, IHttpClientFactory clients)
{
    /// <summary>The name of the HTTP client.</summary>
    public const string ClientName = "stripe";

    /// <summary>For the services of Stripe's library. It does not retry: whoever calls has a stored key and a back-off.</summary>
    public StripeClient Client { get; } = new(new StripeClientOptions
    {
        ApiKey = options.Value.ApiKey,
        ApiBase = options.Value.ApiBase?.ToString().TrimEnd('/'),
        HttpClient = new SystemNetHttpClient(clients.CreateClient(ClientName), maxNetworkRetries: 0, enableTelemetry: false),
    });

    /// <summary>A call.</summary>
    public static async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (StripeException e) when (e.HttpStatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.Conflict || (int)e.HttpStatusCode >= 500 || e.HttpStatusCode == 0)
        {
            throw new BillingUnavailableException($"Stripe answered {(int)e.HttpStatusCode}.", e, isKept: (int)e.HttpStatusCode >= 500);
        }
        catch (StripeException e)
        {
            throw new BillingRefusedException(e.StripeError?.Code ?? e.HttpStatusCode.ToString(), e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && e.InnerException is TimeoutException))
        {
            throw new BillingUnavailableException("Stripe did not answer.", e);
        }
    }

    /// <summary>Options with an idempotency key.</summary>
    public static RequestOptions Key(string key) => new() { IdempotencyKey = key };
}
