using System.Collections.Concurrent;
using System.Text;
using IptCloud.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IptCloud.Host.Telemetry;

/// <summary>Takes what a process sends over OTLP and keeps it as it came: in protobuf, text is text.</summary>
public sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Kind, string Text)> taken = [];
    private readonly WebApplication app;

    private Collector(Uri url, WebApplication app) => (Url, this.app) = (url, app);

    public Uri Url { get; }

    public static async Task<Collector> StartAsync()
    {
        Uri url = new($"http://localhost:{FreePort.Next()}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url.ToString());
        builder.Logging.ClearProviders();
        Collector collector = new(url, builder.Build());
        collector.app.MapPost("/v1/{kind}", async (string kind, HttpRequest request) =>
        {
            using MemoryStream body = new();
            await request.Body.CopyToAsync(body);
            collector.taken.Enqueue((kind, Encoding.UTF8.GetString(body.ToArray())));
            return Results.Ok();
        });
        await collector.app.StartAsync();
        return collector;
    }

    /// <summary>Everything of a kind: traces, metrics or logs.</summary>
    public string All(string kind) => string.Concat(taken.Where(t => t.Kind == kind).Select(t => t.Text));

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
