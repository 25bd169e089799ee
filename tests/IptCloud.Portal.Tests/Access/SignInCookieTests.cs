using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace IptCloud.Portal.Access;

public sealed class SignInCookieTests
{
    private static readonly DateTimeOffset now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_sign_in_ends_after_half_a_day_however_often_it_is_renewed()
    {
        var begun = SignInCookie.Begin(now);
        begun.IssuedUtc = now.AddHours(11);

        Assert.Equal(now.AddHours(12), SignInCookie.EndOf(begun));
        Assert.False(begun.IsPersistent);
        Assert.Null(SignInCookie.EndOf(new AuthenticationProperties()));
    }

    [Theory]
    [InlineData("https://portal.example", "__Host-ipt", CookieSecurePolicy.Always)]
    [InlineData("http://localhost:5080", "ipt", CookieSecurePolicy.SameAsRequest)]
    public void Over_https_the_cookie_is_bound_to_the_host(string url, string name, CookieSecurePolicy secure)
    {
        var cookie = new CookieAuthenticationOptions();
        SignInCookie.Configure(cookie, new() { PublicUrl = new(url) });

        Assert.Equal(name, cookie.Cookie.Name);
        Assert.Equal(secure, cookie.Cookie.SecurePolicy);
        Assert.True(cookie.Cookie.HttpOnly);
        Assert.Equal(SameSiteMode.Lax, cookie.Cookie.SameSite);
        Assert.Equal(TimeSpan.FromMinutes(30), cookie.ExpireTimeSpan);
    }
}
