using IptCloud.Data.Access;
using IptCloud.Data.Networks;
using IptCloud.Portal.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace IptCloud.Portal.Access;

/// <summary>How an attempt to sign in ended: on to <paramref name="Next"/>, refused, or to be tried again after <paramref name="Wait"/>.</summary>
internal readonly record struct SignInAnswer(string? Next, TimeSpan? Wait)
{
    /// <summary>Wrong, unknown or locked: which of them is nobody's business.</summary>
    public static readonly SignInAnswer Refused;
}

/// <summary>
/// Signs staff in: by passkey, or by password and then a code. Attempts are limited per account and address, and five wrong
/// ones lock the account's password and codes for five minutes. A passkey cannot be guessed, and so still signs in.
/// </summary>
internal sealed class StaffSignIn(
    SignInManager<StaffUser> manager, UserManager<StaffUser> users, NetworkDirectory directory, SecondFactors factors, StaffSessions sessions, StaffLockout lockout,
    SignInSession session, PendingSignIn pending, SignInLimiter limiter, PortalOptions options, IHttpContextAccessor http)
{
    // Checked when there is no such account or it is locked, so that the answer takes as long. Made with the same work.
    private static string? nobodysHash;

    private string Address => http.HttpContext?.Connection.RemoteIpAddress?.ToString() ?? "";

    /// <summary>Tries e-mail and password.</summary>
    public async Task<SignInAnswer> TryPasswordAsync(string email, string password, string? returnTo)
    {
        var answer = await CheckPasswordAsync(email, password, returnTo);
        if (answer.Next is null) await RecordAsync((await users.FindByEmailAsync(email.Trim()))?.Id, answer);
        return answer;
    }

    private async Task<SignInAnswer> CheckPasswordAsync(string email, string password, string? returnTo)
    {
        var account = users.NormalizeEmail(email.Trim()) ?? "";
        if (limiter.Begin(account, Address) is { } wait) return new(null, wait);
        var user = await users.FindByEmailAsync(email.Trim());
        // A clinic shares one address: who is known there goes on when somebody else there tries too much.
        if (limiter.Crowded(Address) is { } pause && (user is null || !await sessions.IsKnownAsync(user.Id, Address))) return new(null, pause);
        if (user is null || password.Length > CommonPasswords.Longest || lockout.IsLocked(user) || !await manager.CanSignInAsync(user))
        {
            nobodysHash ??= users.PasswordHasher.HashPassword(new(), "nobody's password");
            users.PasswordHasher.VerifyHashedPassword(new(), nobodysHash, password[..Math.Min(password.Length, CommonPasswords.Longest)]);
            return SignInAnswer.Refused;
        }

        if (!await users.CheckPasswordAsync(user, password))
        {
            await lockout.FailAsync(user);
            return SignInAnswer.Refused;
        }

        limiter.Succeed(account, Address);
        if (await IsDemoOnlyAsync(user)) return await BeginAsync(user, SignInClaims.ByDemo, returnTo);
        if (await factors.AuthenticatorAsync(user.Id) is null && (await users.GetPasskeysAsync(user)).Count == 0) return await BeginAsync(user, null, returnTo);
        // Wrong attempts stay counted until the second factor is right: else a known password would buy any number of codes.
        await pending.BeginAsync(user);
        return new("/sign-in/code?return=" + Uri.EscapeDataString(ReturnTo.Page(returnTo)), null);
    }

    /// <summary>Tries a code of the authenticator app after the password.</summary>
    public Task<SignInAnswer> TryCodeAsync(StaffUser user, string code, string? returnTo) => TrySecondAsync(user, SignInClaims.ByApp, () => factors.AcceptAsync(user.Id, code), returnTo);

    /// <summary>Tries a recovery code after the password.</summary>
    public Task<SignInAnswer> TryRecoveryCodeAsync(StaffUser user, string code, string? returnTo) => TrySecondAsync(user, SignInClaims.ByRecoveryCode, () => factors.UseRecoveryCodeAsync(user.Id, code), returnTo);

    /// <summary>Signs in with what the browser's passkey answered.</summary>
    public async Task<SignInAnswer> TryPasskeyAsync(string credential, string? returnTo)
    {
        try
        {
            var found = await manager.PerformPasskeyAssertionAsync(credential);
            if (!found.Succeeded || !await manager.CanSignInAsync(found.User))
            {
                await RecordAsync(found.User?.Id, SignInAnswer.Refused);
                return SignInAnswer.Refused;
            }

            await users.AddOrUpdatePasskeyAsync(found.User, found.Passkey);
            return await BeginAsync(found.User, SignInClaims.ByPasskey, returnTo);
        }
        catch (InvalidOperationException)
        {
            return SignInAnswer.Refused; // asked for too long ago, or never
        }
    }

    private async Task<SignInAnswer> TrySecondAsync(StaffUser user, string factor, Func<Task<bool>> isRight, string? returnTo)
    {
        var answer = await CheckSecondAsync(user, factor, isRight, returnTo);
        if (answer.Next is null) await RecordAsync(user.Id, answer);
        return answer;
    }

    private async Task<SignInAnswer> CheckSecondAsync(StaffUser user, string factor, Func<Task<bool>> isRight, string? returnTo)
    {
        var account = "code/" + user.Id;
        if (limiter.Begin(account, Address) is { } wait) return new(null, wait);
        if (lockout.IsLocked(user)) return SignInAnswer.Refused;
        if (!await isRight())
        {
            await lockout.FailAsync(user);
            return SignInAnswer.Refused;
        }

        limiter.Succeed(account, Address);
        return await BeginAsync(user, factor, returnTo);
    }

    private async Task<SignInAnswer> BeginAsync(StaffUser user, string? factor, string? returnTo)
    {
        var networks = await directory.NetworksOfAsync(user.Id);
        // Said before anything is asked of them, and to nobody who has not shown that the account is theirs. Another network's
        // invitation they may still accept.
        if (networks.IsEmpty && !ReturnTo.IsInvitation(returnTo) && await directory.SuspendedInAsync(user.Id) is { IsEmpty: false } shut)
        {
            await pending.EndAsync();
            foreach (var network in shut) await http.RecordSignInAsync(directory, user.Id, SignInRecords.Suspended, network);
            return new("/sign-in?suspended=true", null);
        }

        // Without a second factor the count stays: nothing but the set-up page opens.
        if (factor is not null) await lockout.ClearAsync(user);
        await pending.EndAsync();
        await http.RecordSignInAsync(directory, user.Id, factor is null ? SignInRecords.NoFactor : networks.Length > 1 ? SignInRecords.ChooseNetwork : null);
        return new(await session.BeginAsync(user, factor, returnTo), null);
    }

    private Task RecordAsync(Guid? user, SignInAnswer answer) => http.RecordSignInAsync(directory, user, answer.Wait is null ? SignInRecords.Refused : SignInRecords.TooMany);

    /// <summary>
    /// The demo's people sign in with one click: their passwords stand on the sign-in page, so a second factor would guard
    /// nothing, and every record behind them is invented. That holds for the listed people of an embedded installation, and
    /// only while the demo network is all that they belong to.
    /// </summary>
    private async Task<bool> IsDemoOnlyAsync(StaffUser user) =>
        options.DemoSignIns.Any(d => string.Equals(d.Email, user.Email, StringComparison.OrdinalIgnoreCase))
        && await directory.NetworksOfAsync(user.Id) is [var only] && await directory.IsDemoAsync(only);
}
