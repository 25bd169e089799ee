using System.Collections.Immutable;
using System.Security.Claims;
using IptCloud.Data.Networks;
using IptCloud.Domain.Identifiers;
using IptCloud.Portal.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace IptCloud.Portal.Access;

/// <summary>How an attempt to sign in ended.</summary>
internal enum SignInOutcome
{
    /// <summary>Signed in to the one network.</summary>
    Done,
    /// <summary>Signed in; a network has to be chosen.</summary>
    ChooseNetwork,
    /// <summary>The password was right, but no network counts the person as a member.</summary>
    NoNetwork,
    /// <summary>Wrong, unknown or locked: which of them is nobody's business.</summary>
    Refused,
    /// <summary>Too many attempts from this address for this account.</summary>
    TooMany,
}

/// <summary>Signs staff in with e-mail and password. The network follows from the memberships only.</summary>
internal sealed class StaffSignIn(SignInManager<StaffUser> manager, UserManager<StaffUser> users, NetworkDirectory directory, SignInLimiter limiter, IHttpContextAccessor http, TimeProvider clock)
{
    // Checked when there is no such account, so that the answer takes as long.
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<StaffUser>().HashPassword(new(), "nobody's password"));

    /// <summary>Tries e-mail and password.</summary>
    /// <returns>The outcome and, for <see cref="SignInOutcome.TooMany"/>, how long to wait.</returns>
    public async Task<(SignInOutcome Outcome, TimeSpan Wait)> TryAsync(string email, string password)
    {
        var (outcome, wait) = await CheckAsync(email, password);
        if (outcome != SignInOutcome.Done) await http.RecordSignInAsync(directory, (await users.FindByEmailAsync(email.Trim()))?.Id, outcome.ToString());
        return (outcome, wait);
    }

    private async Task<(SignInOutcome Outcome, TimeSpan Wait)> CheckAsync(string email, string password)
    {
        var account = users.NormalizeEmail(email.Trim()) ?? "";
        var address = http.HttpContext?.Connection.RemoteIpAddress?.ToString() ?? "";
        if (limiter.Begin(account, address) is { } wait) return (SignInOutcome.TooMany, wait);
        var user = await users.FindByEmailAsync(email.Trim());
        if (user is null)
        {
            users.PasswordHasher.VerifyHashedPassword(new(), NobodysHash.Value, password);
            return (SignInOutcome.Refused, default);
        }

        if (!(await manager.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true)).Succeeded) return (SignInOutcome.Refused, default);
        limiter.Succeed(account, address);
        var networks = await directory.NetworksOfAsync(user.Id);
        if (networks.IsEmpty) return (SignInOutcome.NoNetwork, default);
        await BeginAsync(user, networks is [var only] ? only : null);
        return (networks.Length == 1 ? SignInOutcome.Done : SignInOutcome.ChooseNetwork, default);
    }

    /// <summary>The networks that the signed-in person may choose from.</summary>
    public async Task<ImmutableArray<Membership>> ChoicesAsync()
    {
        if (await PersonAsync() is not { } user) return [];
        var found = ImmutableArray.CreateBuilder<Membership>();
        foreach (var network in await directory.NetworksOfAsync(user.Id))
            if (await directory.MembershipAsync(user.Id, network) is { } m) found.Add(m);
        found.Sort((a, b) => string.Compare(a.NetworkName, b.NetworkName, StringComparison.OrdinalIgnoreCase));
        return found.ToImmutable();
    }

    /// <summary>Signs in to a network; false if the person is no member of it.</summary>
    public async Task<bool> ChooseAsync(NetworkId network)
    {
        if (await PersonAsync() is not { } user || await directory.MembershipAsync(user.Id, network) is null) return false;
        await BeginAsync(user, network);
        return true;
    }

    private async Task BeginAsync(StaffUser user, NetworkId? network)
    {
        if (network is { } chosen) await http.RecordSignInAsync(directory, user.Id, null, chosen);
        await SignInAsync(user, network);
    }

    private Task SignInAsync(StaffUser user, NetworkId? network) =>
        manager.SignInWithClaimsAsync(user, SignInCookie.Begin(clock.GetUtcNow()), network is { } n ? [new Claim(SignedIn.NetworkClaim, n.ToString())] : []);

    private async Task<StaffUser?> PersonAsync() => http.HttpContext?.User is { } person ? await users.GetUserAsync(person) : null;
}
