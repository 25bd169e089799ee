using IptCloud.Data.Storage;
using IptCloud.Host.Verbs;
using IptCloud.Stripe.Billing;
using IptCloud.StripeSimulator;

namespace IptCloud.Host.Billing;

/// <summary>The simulator beside the portal of an embedded installation, on an address of its own.</summary>
internal sealed class SimulatedStripe(Launch launch, string key, string secret, StripeCatalog catalog, TimeProvider system) : IHostedService, IAsyncDisposable
{
    /// <summary>The simulator itself, while the process runs.</summary>
    public StripeSimulatorServer? Server { get; private set; }

    /// <summary>Its database.</summary>
    public static string DatabaseFile(Launch launch) => Path.Combine(launch.DataFolder, "stripe-simulator.db");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        OwnerOnly.MakeDatabase(DatabaseFile(launch));
        try
        {
            Server = await StripeSimulatorServer.StartAsync(new()
            {
                DatabaseFile = DatabaseFile(launch), Url = launch.SimulatorUrl, ApiKey = key, WebhookUrl = new(launch.Url, "/webhooks/stripe"), WebhookSecret = secret, Clock = system,
            }, cancellationToken);
        }
        catch (IOException)
        {
            throw Ports.SimulatorIsTaken(launch);
        }

        await catalog.EnsurePriceAsync(cancellationToken);
        await catalog.EnsurePortalAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        if (Server is not { } server) return;
        Server = null;
        await server.DisposeAsync();
    }
}
