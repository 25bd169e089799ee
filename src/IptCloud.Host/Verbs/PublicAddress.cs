using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace IptCloud.Host.Verbs;

/// <summary>
/// What a request says about where it came from and what for is believed in two cases: the sender's address, if a proxy that
/// was named says it; and nothing else. Scheme and host are those of the public address, whatever the request says.
/// </summary>
internal static class PublicAddress
{
    // Whoever watches a process asks it by its own address.
    private static readonly string[] Own = ["/health", "/metrics"];

    public static WebApplicationBuilder AddPublicAddress(this WebApplicationBuilder builder, Launch launch)
    {
        builder.Services.Configure<ForwardedHeadersOptions>(o =>
        {
            (o.ForwardedHeaders, o.ForwardLimit) = (ForwardedHeaders.XForwardedFor, 1);
            o.KnownProxies.Clear();
            o.KnownIPNetworks.Clear();
            foreach (var proxy in launch.Proxies) o.KnownIPNetworks.Add(proxy);
        });
        return builder;
    }

    public static WebApplication UsePublicAddress(this WebApplication app, Launch launch)
    {
        if (launch.Proxies.Length > 0) app.UseForwardedHeaders();
        if (launch.NamedPublicUrl is not { } address) return app;
        HostString host = new(address.Authority);
        app.Use((http, next) =>
        {
            if (Own.Any(o => http.Request.Path.StartsWithSegments(o))) return next(http);
            if (!string.Equals(http.Request.Host.Host, host.Host, StringComparison.OrdinalIgnoreCase))
            {
                http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
                return Task.CompletedTask;
            }

            (http.Request.Scheme, http.Request.Host) = (address.Scheme, host);
            return next(http);
        });
        return app;
    }

    /// <summary>Reads a list of addresses or networks, such as <c>10.0.0.5,10.1.0.0/16</c>.</summary>
    /// <exception cref="LaunchException">One of them is neither.</exception>
    public static IPNetwork[] Networks(string variable, string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word =>
            IPNetwork.TryParse(word, out var network) ? network
            : IPAddress.TryParse(word, out var one) ? new IPNetwork(one, one.GetAddressBytes().Length * 8)
            : throw new LaunchException($"{variable} takes addresses such as 10.0.0.5 or 10.1.0.0/16, not '{word}'."))];
}
