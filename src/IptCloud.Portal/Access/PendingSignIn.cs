using System.Security.Claims;
using IptCloud.Data.Networks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Portal.Access;

/// <summary>Between a right password and the second factor: a cookie of its own, for five minutes, that opens nothing else.</summary>
internal sealed class PendingSignIn(UserManager<StaffUser> users, IHttpContextAccessor accessor)
{
    private const string Scheme = "ipt.pending";
    private const string Stamp = "ipt.stamp";

    public static void Add(IServiceCollection services, PortalOptions options) => services.AddAuthentication().AddCookie(Scheme, o =>
    {
        o.Cookie.Name = options.IsHttps ? "__Host-ipt-pending" : "ipt-pending";
        o.Cookie.SecurePolicy = PortalHosting.Secure(options);
        o.Cookie.SameSite = SameSiteMode.Strict;
        o.Cookie.HttpOnly = true;
        o.ExpireTimeSpan = TimeSpan.FromMinutes(5);
        o.SlidingExpiration = false;
        o.Events = new CookieAuthenticationEvents();
    });

    /// <summary>The password was right.</summary>
    public Task BeginAsync(StaffUser user) => accessor.HttpContext!.SignInAsync(Scheme, new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, user.Id.ToString()), new(Stamp, user.SecurityStamp ?? "")], Scheme)));

    /// <summary>Who waits to show the second factor; null if nobody, or if the password was changed meanwhile.</summary>
    public async Task<StaffUser?> PersonAsync()
    {
        var found = await accessor.HttpContext!.AuthenticateAsync(Scheme);
        return found.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) is { } id && await users.FindByIdAsync(id) is { } user
            && string.Equals(found.Principal.FindFirstValue(Stamp), user.SecurityStamp ?? "", StringComparison.Ordinal) ? user : null;
    }

    /// <summary>Signed in, or given up.</summary>
    public Task EndAsync() => accessor.HttpContext!.SignOutAsync(Scheme);
}
