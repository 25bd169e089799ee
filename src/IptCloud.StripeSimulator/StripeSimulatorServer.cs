using System.Net;
using System.Text.Json.Nodes;
using IptCloud.StripeSimulator.Api;
using IptCloud.StripeSimulator.Billing;
using IptCloud.StripeSimulator.Pages;
using IptCloud.StripeSimulator.Storage;
using IptCloud.StripeSimulator.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.StripeSimulator;

/// <summary>
/// A simulated Stripe: its API, its Checkout and portal pages, its webhooks, its clock. No money moves. It answers on a
/// loopback address of its own only.
/// </summary>
public sealed class StripeSimulatorServer : IAsyncDisposable
{
    private const int BodyLimit = 1_000_000;

    private readonly WebApplication app;
    private readonly SimulatorStore store;
    private readonly WebhookSender sender;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task ticking;

    private StripeSimulatorServer(WebApplication app, SimulatorStore store, WebhookSender sender, SimulatorFaults faults)
    {
        (this.app, this.store, this.sender, Faults) = (app, store, sender, faults);
        ticking = TickAsync();
    }

    /// <summary>Its origin, with the port that was taken.</summary>
    public Uri Url => store.Site;

    /// <summary>How far its clock was moved ahead of the real one.</summary>
    public TimeSpan Ahead { get; private set; }

    /// <summary>What goes wrong on purpose.</summary>
    public SimulatorFaults Faults { get; }

    /// <summary>Opens the database and listens. Deliveries that were still due go on.</summary>
    /// <exception cref="ArgumentException">The address is not a loopback address over http.</exception>
    public static async Task<StripeSimulatorServer> StartAsync(StripeSimulatorOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var address = LoopbackOf(options.Url);
        var store = new SimulatorStore(options);
        await store.RunAsync(work =>
        {
            if (options.WebhookUrl is { } url) work.Setting("webhook", url.AbsoluteUri);
            else work.Execute("delete from settings where name = 'webhook'");
        });
        var faults = new SimulatorFaults();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyLimit;
            if (address is null) kestrel.ListenLocalhost(options.Url.Port);
            else kestrel.Listen(address, options.Url.Port);
        });
        var app = builder.Build();
        var sender = new WebhookSender(store, options, faults);
        var server = new StripeSimulatorServer(app, store, sender, faults);
        server.Ahead = TimeSpan.FromSeconds(await store.RunAsync(work => work.Offset));
        var api = new ApiEndpoint(store, options, faults);
        var pages = new PageEndpoint(store, server);
        app.Run(async context =>
        {
            if (!IsLoopback(context.Request.Host.Host)) context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            else if (context.Request.Path.StartsWithSegments("/v1")) await api.HandleAsync(context);
            else await pages.HandleAsync(context);
            sender.Wake();
        });
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        if (options.Url.Port == 0)
            store.Site = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    /// <summary>Waits until every webhook queued so far was tried; returns at once while deliveries are held.</summary>
    public Task SettleAsync() => sender.SettleAsync();

    /// <summary>Waits until every webhook that is due was tried, also those that failed before.</summary>
    internal Task RoundAsync() => sender.RoundAsync();

    /// <summary>Moves the simulator's clock forward and carries out what falls due on the way.</summary>
    /// <param name="span">Whole seconds, not negative.</param>
    public Task AdvanceAsync(TimeSpan span) => MoveAsync(_ => (long)span.TotalSeconds);

    /// <summary>Moves the simulator's clock to a moment, which must not lie in its past.</summary>
    public Task AdvanceToAsync(DateTimeOffset moment) => MoveAsync(work => moment.ToUnixTimeSeconds() - work.Now());

    /// <summary>The simulator's own time.</summary>
    public Task<DateTimeOffset> NowAsync() => store.RunAsync(work => DateTimeOffset.FromUnixTimeSeconds(work.Now()));

    /// <summary>Makes all cards of a customer be declined from now on, or work again as they did.</summary>
    public Task DeclineCardsAsync(string customer, bool declined) => store.RunAsync(work =>
    {
        var found = work.Get(customer, "customer");
        found.Notes()["declined"] = declined;
        work.Save(found);
    });

    /// <summary>Everything stored of one of Stripe's kinds, such as <c>subscription</c>, <c>invoice</c> or <c>charge</c>,
    /// oldest first; for counting what was done.</summary>
    public Task<IReadOnlyList<JsonObject>> ObjectsAsync(string kind, string? customer = null) => store.RunAsync<IReadOnlyList<JsonObject>>(work =>
        [.. work.All(kind, customer).Reverse().Select(json => Answer.Of(work, json, []))]);

    /// <summary>Stops listening and sending; what is queued goes on at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await ticking;
        await app.DisposeAsync();
        await sender.DisposeAsync();
        store.Dispose();
        stopping.Dispose();
    }

    private async Task MoveAsync(Func<Work, long> secondsOf)
    {
        await store.RunAsync(work =>
        {
            var seconds = secondsOf(work);
            ArgumentOutOfRangeException.ThrowIfNegative(seconds);
            Cycle.Run(work, null, work.Now() + seconds);
            work.Offset += seconds;
            Ahead = TimeSpan.FromSeconds(work.Offset);
        });
        sender.Wake();
    }

    private async Task TickAsync()
    {
        try
        {
            // Real seconds, whatever the clock says: one that jumps a month ahead must not tick two million times.
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                await store.RunAsync(work => Cycle.Run(work, null, work.Now()));
                sender.Wake();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    /// <summary>The address to listen on; null for both addresses of localhost.</summary>
    private static IPAddress? LoopbackOf(Uri url)
    {
        if (url.Scheme != Uri.UriSchemeHttp || !IsLoopback(url.Host))
            throw new ArgumentException($"The simulated Stripe listens on a loopback address over http only, not on {url}.", nameof(url));
        if (url.HostNameType is UriHostNameType.Dns) return url.Port == 0 ? IPAddress.Loopback : null;
        return IPAddress.Parse(url.Host.Trim('[', ']'));
    }

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
