using IptCloud.Data.Networks;
using Microsoft.AspNetCore.Http;

namespace IptCloud.Portal.Access;

/// <summary>
/// The member behind the current request. User and network come from the sign-in cookie; roles and clinics are read from
/// the membership each time, so that a change holds at once.
/// </summary>
public sealed class SignedIn(IHttpContextAccessor http, NetworkDirectory directory, ClinicTime time)
{
    /// <summary>The claim that names the network chosen at sign-in.</summary>
    public const string NetworkClaim = "ipt.network";

    private Task<Membership?>? membership;

    /// <summary>The membership; null if nobody is signed in with a second factor, or the membership is gone.</summary>
    public Task<Membership?> FindAsync() => membership ??= LoadAsync();

    /// <summary>The membership of a page that demands sign-in.</summary>
    /// <exception cref="UnauthorizedAccessException">The membership is gone.</exception>
    public async Task<Membership> RequireAsync() => await FindAsync() ?? throw new UnauthorizedAccessException("The membership is gone.");

    private async Task<Membership?> LoadAsync()
    {
        var user = http.HttpContext?.User;
        return SignInClaims.UserOf(user) is { } id && SignInClaims.NetworkOf(user) is { } network && SignInClaims.HasFactor(user)
            ? (await directory.MembershipAsync(id, network))?.At(time.Now)
            : null;
    }
}
