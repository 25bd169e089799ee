using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using IptCloud.Data.Access;
using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace IptCloud.Portal.Access;

/// <summary>What a person changes about their own sign-in: passkeys, authenticator app, recovery codes, password. Every change is told by letter.</summary>
internal sealed class AccountChanges(
    SignInManager<StaffUser> manager, UserManager<StaffUser> users, SecondFactors factors, StaffLockout lockout, StaffLetters letters, Databases databases,
    SignInSession session, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>The most characters of a passkey's name.</summary>
    public const int LongestName = 60;

    /// <summary>Whether the person has anything to sign in with beside a password.</summary>
    public async Task<bool> HasFactorAsync(StaffUser user) => await factors.AuthenticatorAsync(user.Id) is not null || (await users.GetPasskeysAsync(user)).Count > 0;

    /// <summary>Adds the passkey that the browser made; false if its answer does not fit what was asked.</summary>
    public async Task<bool> AddPasskeyAsync(StaffUser user, string credential, string name)
    {
        try
        {
            var made = await manager.PerformPasskeyAttestationAsync(credential);
            if (!made.Succeeded || made.UserEntity.Id != user.Id.ToString()) return false;
            made.Passkey.Name = name;
            if (!(await users.AddOrUpdatePasskeyAsync(user, made.Passkey)).Succeeded) return false;
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException)
        {
            return false; // asked for too long ago, or never
        }

        await SignInNews.SendAsync(databases, letters, user);
        return true;
    }

    /// <summary>Gives a passkey another name.</summary>
    public async Task RenamePasskeyAsync(StaffUser user, UserPasskeyInfo passkey, string name)
    {
        passkey.Name = name;
        await users.AddOrUpdatePasskeyAsync(user, passkey);
    }

    /// <summary>Removes a passkey; false if it is the only second factor.</summary>
    public async Task<bool> RemovePasskeyAsync(StaffUser user, UserPasskeyInfo passkey)
    {
        if (await factors.AuthenticatorAsync(user.Id) is null && (await users.GetPasskeysAsync(user)).Count < 2) return false;
        await users.RemovePasskeyAsync(user, passkey.CredentialId);
        await SignInNews.SendAsync(databases, letters, user);
        return true;
    }

    /// <summary>A new key for an app, sealed for the form that proves it: nothing is stored before.</summary>
    public (byte[] Key, string Sealed) NewKey(StaffUser user)
    {
        var key = RandomNumberGenerator.GetBytes(Totp.KeyBytes);
        return (key, Convert.ToBase64String(Protector(user).Protect(key)));
    }

    /// <summary>The key that a form brings back; null if it was not made here for this person.</summary>
    public byte[]? KeyOf(StaffUser user, string? sealedKey)
    {
        try
        {
            return Protector(user).Unprotect(Convert.FromBase64String(sealedKey ?? ""));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Sets up the app if the code is one of the key's.</summary>
    public async Task<bool> SetAuthenticatorAsync(StaffUser user, byte[] key, string code)
    {
        if (Totp.Match(key, code, clock.GetUtcNow()) is not { } step) return false;
        await factors.SetAuthenticatorAsync(user.Id, key, step);
        await SignInNews.SendAsync(databases, letters, user);
        return true;
    }

    /// <summary>Removes the app; false if it is the only second factor.</summary>
    public async Task<bool> RemoveAuthenticatorAsync(StaffUser user)
    {
        if ((await users.GetPasskeysAsync(user)).Count == 0) return false;
        await factors.RemoveAuthenticatorAsync(user.Id);
        await SignInNews.SendAsync(databases, letters, user);
        return true;
    }

    /// <summary>Recovery codes for somebody who has none; empty if there are some.</summary>
    public async Task<ImmutableArray<string>> FirstRecoveryCodesAsync(StaffUser user) => await factors.RecoveryCodesLeftAsync(user.Id) == 0 ? await factors.NewRecoveryCodesAsync(user.Id) : [];

    /// <summary>Changes the password; every other sign-in ends.</summary>
    /// <returns>What is wrong with the new one; null if the old one is wrong.</returns>
    public async Task<IReadOnlyList<string>?> ChangePasswordAsync(StaffUser user, string old, string password)
    {
        if (lockout.IsLocked(user)) return null;
        if (!await users.CheckPasswordAsync(user, old))
        {
            await lockout.FailAsync(user);
            return null;
        }

        var wrong = await PasswordReset.WrongWithAsync(users, user, password);
        if (wrong.Count > 0) return wrong;
        await users.ChangePasswordAsync(user, old, password);
        await session.KeepOnlyThisAsync(user);
        await SignInNews.SendAsync(databases, letters, user);
        return [];
    }

    private IDataProtector Protector(StaffUser user) => protection.CreateProtector(SecondFactors.Purpose, "set-up", user.Id.ToString());
}
