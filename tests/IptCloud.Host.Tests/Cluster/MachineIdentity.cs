using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IptCloud.Host.Cluster;

/// <summary>What a machine of Azure has for the programs on it: an address that gives out tokens of the machine's identity. These are signed by nobody.</summary>
internal sealed class MachineIdentity : IAsyncDisposable
{
    private const string Secret = "only this machine knows";
    private static readonly TimeSpan Valid = TimeSpan.FromHours(1);
    private readonly WebApplication host;
    private readonly ConcurrentQueue<string> asked = [];

    private MachineIdentity()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        host = builder.Build();
        host.MapGet("/token", (HttpRequest request) =>
        {
            if (request.Headers["X-IDENTITY-HEADER"] != Secret) return Results.Unauthorized();
            asked.Enqueue($"{request.Query["resource"]} for {request.Query["client_id"]}");
            var now = TimeProvider.System.GetUtcNow();
            return Results.Json(new { access_token = Token(now), expires_on = (now + Valid).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), resource = "https://storage.azure.com", token_type = "Bearer" });
        });
    }

    /// <summary>What it was asked for: a resource, and by whose client id.</summary>
    public IEnumerable<string> Asked => asked;

    /// <summary>By which a program finds it.</summary>
    public Dictionary<string, string> Variables => new() { ["IDENTITY_ENDPOINT"] = $"{host.Urls.Single()}/token", ["IDENTITY_HEADER"] = Secret };

    public static async Task<MachineIdentity> StartAsync()
    {
        MachineIdentity identity = new();
        await identity.host.StartAsync(TestContext.Current.CancellationToken);
        return identity;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static string Token(DateTimeOffset now)
    {
        static string Part(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
        var (from, until) = (now.AddMinutes(-1).ToUnixTimeSeconds(), (now + Valid).ToUnixTimeSeconds());
        return $"{Part(new { alg = "RS256", typ = "JWT" })}.{Part(new { aud = "https://storage.azure.com", iss = "https://sts.windows.net/test/", iat = from, nbf = from, exp = until })}.bm9uZQ";
    }
}
