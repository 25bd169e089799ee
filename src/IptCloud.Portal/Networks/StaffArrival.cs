using IptCloud.Data.Access;
using IptCloud.Data.Networks;
using IptCloud.Domain.Identifiers;
using IptCloud.Portal.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace IptCloud.Portal.Networks;

/// <summary>Leads somebody on who has just proved that they read the mail of their address. A letter stands for no second factor.</summary>
internal sealed class StaffArrival(SignInSession session, SecondFactors factors, UserManager<StaffUser> users, IHttpContextAccessor accessor)
{
    /// <summary>The page to go on to: the network itself for whoever has signed in already, else what is missing for that.</summary>
    public async Task<string> EnterAsync(StaffUser user, NetworkId network, string to)
    {
        if (SignInClaims.UserOf(accessor.HttpContext?.User) == user.Id && SignInClaims.HasFactor(accessor.HttpContext?.User) && await session.ChooseAsync(network)) return to;
        if (await factors.AuthenticatorAsync(user.Id) is not null || (await users.GetPasskeysAsync(user)).Count > 0) return "/sign-in?return=" + Uri.EscapeDataString(to);
        return await session.BeginAsync(user, null, to);
    }
}
