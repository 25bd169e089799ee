using System.Collections.Immutable;
using System.Security.Claims;
using IptCloud.Data.Access;
using IptCloud.Data.Networks;
using IptCloud.Domain.Identifiers;
using IptCloud.Portal.Audit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace IptCloud.Portal.Access;

/// <summary>The sign-in of this browser: begins it, moves it to a network, ends it. Every one is listed in the directory.</summary>
internal sealed class SignInSession(SignInManager<StaffUser> manager, UserManager<StaffUser> users, NetworkDirectory directory, StaffSessions sessions, IHttpContextAccessor accessor, TimeProvider clock)
{
    private HttpContext Http => accessor.HttpContext!;

    /// <summary>Who has signed in; null if nobody.</summary>
    public Task<StaffUser?> PersonAsync() => users.GetUserAsync(Http.User);

    /// <summary>Who has signed in, on a page that demands it.</summary>
    public async Task<StaffUser> RequirePersonAsync() => await PersonAsync() ?? throw new UnauthorizedAccessException("The account is gone.");

    /// <summary>This sign-in's id.</summary>
    public Guid? Id => SignInClaims.SessionOf(Http.User);

    /// <summary>Begins a sign-in; one that this browser had before ends. It opens the network by itself if there is only one.</summary>
    /// <param name="factor">See <see cref="SignInClaims"/>; null: no second factor yet.</param>
    /// <returns>Where to go next.</returns>
    public async Task<string> BeginAsync(StaffUser user, string? factor, string? returnTo)
    {
        await EndAsync();
        var networks = factor is null ? [] : await directory.NetworksOfAsync(user.Id);
        NetworkId? network = networks is [var only] ? only : null;
        var id = await sessions.BeginAsync(user.Id, network, BrowserName.Of(Http.Request.Headers.UserAgent.ToString()), Http.Connection.RemoteIpAddress?.ToString() ?? "");
        List<Claim> claims = [new(SignInClaims.Session, id.ToString())];
        if (factor is not null) claims.Add(new(SignInClaims.Factor, factor));
        if (network is { } n) claims.Add(new(SignedIn.NetworkClaim, n.ToString()));
        if (networks.Length > 1) claims.Add(new(SignInClaims.Many, "true"));
        await manager.SignInWithClaimsAsync(user, SignInCookie.Begin(clock.GetUtcNow()), claims);
        var page = ReturnTo.Page(returnTo);
        return factor is null ? "/account/set-up" + (page == "/" ? "" : "?return=" + Uri.EscapeDataString(page))
            : factor == SignInClaims.ByRecoveryCode ? "/account?recovered=true"
            : ReturnTo.IsInvitation(page) ? page // also for whoever belongs to no network yet
            : network is null ? "/sign-in/network?return=" + Uri.EscapeDataString(page)
            : page;
    }

    /// <summary>The networks that the signed-in person may choose from.</summary>
    public async Task<ImmutableArray<Membership>> ChoicesAsync()
    {
        if (SignInClaims.UserOf(Http.User) is not { } user) return [];
        var found = ImmutableArray.CreateBuilder<Membership>();
        foreach (var network in await directory.NetworksOfAsync(user))
            if (await directory.MembershipAsync(user, network) is { } m) found.Add(m);
        found.Sort((a, b) => string.Compare(a.NetworkName, b.NetworkName, StringComparison.OrdinalIgnoreCase));
        return found.ToImmutable();
    }

    /// <summary>Works in another network from now on; false if the person is no member of it. How long the sign-in may last does not change.</summary>
    public async Task<bool> ChooseAsync(NetworkId network)
    {
        if (await PersonAsync() is not { } user || Id is not { } id || await directory.MembershipAsync(user.Id, network) is null) return false;
        await sessions.MoveAsync(id, network);
        await accessor.RecordSignInAsync(directory, user.Id, null, network);
        var many = (await directory.NetworksOfAsync(user.Id)).Length > 1;
        await RenewAsync(user, claims => [.. claims.Where(c => c.Type is not SignedIn.NetworkClaim and not SignInClaims.Many), new(SignedIn.NetworkClaim, network.ToString()), .. many ? [new Claim(SignInClaims.Many, "true")] : Array.Empty<Claim>()]);
        return true;
    }

    /// <summary>Writes the cookie anew after something that ends the person's other sign-ins, and ends them.</summary>
    public async Task KeepOnlyThisAsync(StaffUser user)
    {
        if (Id is not { } id) return;
        await sessions.EndOthersAsync(user.Id, id);
        await RenewAsync(user, claims => claims);
    }

    /// <summary>True if the person proved who they are within ten minutes: what signs people in may be changed (ASVS V7.5.1).</summary>
    public async Task<bool> IsFreshAsync()
    {
        var found = await Http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        return found.Properties is { } p && SignInCookie.BegunAt(p) is { } at && clock.GetUtcNow() < at + SignInCookie.Fresh;
    }

    /// <summary>Ends this sign-in.</summary>
    public async Task EndAsync()
    {
        if (SignInClaims.UserOf(Http.User) is { } user && Id is { } id) await sessions.EndAsync(user, id);
    }

    private async Task RenewAsync(StaffUser user, Func<IEnumerable<Claim>, IEnumerable<Claim>> change)
    {
        var found = await Http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        var begun = found.Properties is { } p && SignInCookie.BegunAt(p) is { } at ? at : clock.GetUtcNow();
        await manager.SignInWithClaimsAsync(user, SignInCookie.Begin(begun), change(Http.User.Claims.Where(c => SignInClaims.Kept.Contains(c.Type))));
    }
}
