using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Stripe;

namespace IptCloud.StripeSimulator.Webhooks;

/// <summary>Someone who receives webhooks, and answers with the status that is set.</summary>
internal sealed class WebhookInbox : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Body, string Signature)> received = new();

    private WebhookInbox(WebApplication app) => this.app = app;

    public int Status { get; set; } = 200;

    public Uri Url { get; private set; } = null!;

    public IReadOnlyList<(string Body, string Signature)> Received => [.. received];

    /// <summary>What was received, each checked by Stripe's own library.</summary>
    public IReadOnlyList<Event> Events(string secret = Shop.Secret, DateTimeOffset? at = null) => [.. Received.Select(letter =>
        EventUtility.ConstructEvent(letter.Body, letter.Signature, secret, 300, (at ?? Shop.Start).ToUnixTimeSeconds(), throwOnApiVersionMismatch: true))];

    public static async Task<WebhookInbox> OpenAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var inbox = new WebhookInbox(builder.Build());
        inbox.app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            inbox.received.Enqueue((await reader.ReadToEndAsync(), context.Request.Headers["Stripe-Signature"].ToString()));
            context.Response.StatusCode = inbox.Status;
        });
        await inbox.app.StartAsync();
        var address = inbox.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        inbox.Url = new Uri($"{address}/stripe");
        return inbox;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
