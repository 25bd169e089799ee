using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Portal.Links;

/// <summary>
/// The secret by which a link knows its browser again: a random cookie that only client pages get to see. It says nothing
/// about who holds it; the table of links holds a hash that differs from link to link.
/// </summary>
internal static class LinkBrowser
{
    private const int SecretBytes = 32;
    private const int SecretLength = 43;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(60);

    /// <summary>What a link is bound to in this browser; null if it sends no cookie.</summary>
    public static string? Of(HttpContext http, string linkHash) =>
        http.Request.Cookies[NameFor(IsHttps(http))] is { Length: SecretLength } secret && Base64Url.IsValid(secret)
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{secret}/{linkHash}")))
            : null;

    /// <summary>
    /// Gives the browser its secret when it first shows a link. That binds nothing; it is there before the button, so that a
    /// second press of the button comes from the same browser as the first.
    /// </summary>
    public static void Ensure(HttpContext http, string linkHash)
    {
        if (Of(http, linkHash) is not null) return;
        var https = IsHttps(http);
        http.Response.Cookies.Append(NameFor(https), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)), new()
        {
            Path = "/l",
            HttpOnly = true,
            Secure = https,
            SameSite = SameSiteMode.Lax, // the link is opened from a mail
            IsEssential = true,
            MaxAge = Kept,
        });
    }

    // The portal's own address decides, not the request's scheme: behind a proxy that ends TLS every request looks like http.
    private static bool IsHttps(HttpContext http) => http.RequestServices.GetRequiredService<PortalOptions>().IsHttps;

    // No __Host-: that would send it to every page, and only client pages may see it.
    private static string NameFor(bool https) => https ? "__Secure-ipt-link" : "ipt-link";
}
