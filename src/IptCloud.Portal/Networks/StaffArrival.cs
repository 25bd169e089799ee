using System.Security.Claims;
using IptCloud.Data.Networks;
using IptCloud.Domain.Identifiers;
using IptCloud.Portal.Access;
using Microsoft.AspNetCore.Identity;

namespace IptCloud.Portal.Networks;

/// <summary>Signs somebody in who has just proved that they read the mail of their address, to the network they now belong to.</summary>
internal sealed class StaffArrival(SignInManager<StaffUser> manager, TimeProvider clock)
{
    /// <summary>Signs in; the address to go on to.</summary>
    public async Task<string> EnterAsync(StaffUser user, NetworkId network, string to)
    {
        await manager.SignInWithClaimsAsync(user, SignInCookie.Begin(clock.GetUtcNow()), [new Claim(SignedIn.NetworkClaim, network.ToString())]);
        return to;
    }
}
