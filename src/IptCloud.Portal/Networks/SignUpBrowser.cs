using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace IptCloud.Portal.Networks;

/// <summary>
/// Knows the browser in which somebody signed up, so that they need not type the password again. Whoever opens the letter
/// elsewhere must: else somebody could sign another's address up with a password of their own.
/// </summary>
internal sealed class SignUpBrowser(IDataProtectionProvider protection, IHttpContextAccessor http, PortalOptions options)
{
    private readonly IDataProtector protector = protection.CreateProtector("sign-up.browser");

    private string Name => options.IsHttps ? "__Host-ipt-sign-up" : "ipt-sign-up";

    /// <summary>This browser entered the sign-up.</summary>
    public void Remember(Guid signUp) => http.HttpContext!.Response.Cookies.Append(Name, WebEncoders.Base64UrlEncode(protector.Protect(Encoding.ASCII.GetBytes(signUp.ToString("N")))), Options);

    /// <summary>The sign-up is over.</summary>
    public void Forget() => http.HttpContext!.Response.Cookies.Delete(Name, Options);

    /// <summary>True if this browser entered that sign-up.</summary>
    public bool Entered(Guid signUp)
    {
        if (!http.HttpContext!.Request.Cookies.TryGetValue(Name, out var cookie)) return false;
        try
        {
            return Encoding.ASCII.GetString(protector.Unprotect(WebEncoders.Base64UrlDecode(cookie))) == signUp.ToString("N");
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }

    // Lax: the letter's link is followed from a mail program's page.
    private CookieOptions Options => new() { HttpOnly = true, Secure = options.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
}
