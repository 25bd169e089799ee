using System.Collections.Immutable;
using System.Security.Cryptography;
using IptCloud.Data.Messages;
using IptCloud.Data.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Access;

/// <summary>Authenticator apps and recovery codes, on the system clock. Passkeys are Identity's.</summary>
public sealed class SecondFactors(Databases databases, IDataProtectionProvider protection, TimeProvider system)
{
    /// <summary>The purpose under which the key ring protects authenticator keys; the owner's id follows it, so that a key opens for nobody else.</summary>
    public const string Purpose = "totp";

    private const int Codes = 10;
    private const int CodeBytes = 15; // 120 random bits, 24 characters

    /// <summary>When the person's authenticator app was set up; null if there is none.</summary>
    public async Task<DateTimeOffset?> AuthenticatorAsync(Guid user, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Directory, ct);
        return await db.Authenticators.Where(a => a.UserId == user).Select(a => (DateTimeOffset?)a.AddedAt).SingleOrDefaultAsync(ct);
    }

    /// <summary>Sets up an app, in place of an earlier one.</summary>
    /// <param name="usedStep">The step of the code that proved the app: it counts as used.</param>
    public async Task SetAuthenticatorAsync(Guid user, byte[] key, long usedStep, CancellationToken ct = default)
    {
        AuthenticatorRow row = new() { UserId = user, Sealed = Protector(user).Protect(key), LastStep = usedStep, AddedAt = system.GetUtcNow() };
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Authenticators.Where(a => a.UserId == user).ExecuteDeleteAsync(ct);
        db.Authenticators.Add(row);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Removes the app.</summary>
    public async Task RemoveAuthenticatorAsync(Guid user, CancellationToken ct = default)
    {
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        await db.Authenticators.Where(a => a.UserId == user).ExecuteDeleteAsync(ct);
    }

    /// <summary>Takes a code of the app: each is accepted once, and none older than one that was (ASVS V6.5.1).</summary>
    public async Task<bool> AcceptAsync(Guid user, string code, CancellationToken ct = default)
    {
        byte[]? kept;
        await using (var reading = await databases.ReadAsync(DatabaseRole.Directory, ct)) kept = await reading.Authenticators.Where(a => a.UserId == user).Select(a => a.Sealed).SingleOrDefaultAsync(ct);
        // Opened before the turn to write: the key ring may have to write a key of its own.
        if (kept is null || Totp.Match(Protector(user).Unprotect(kept), code, system.GetUtcNow()) is not { } step) return false;
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        return await db.Authenticators.Where(a => a.UserId == user && a.LastStep < step).ExecuteUpdateAsync(u => u.SetProperty(a => a.LastStep, step), ct) == 1;
    }

    /// <summary>How many recovery codes are left.</summary>
    public async Task<int> RecoveryCodesLeftAsync(Guid user, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Directory, ct);
        return await db.RecoveryCodes.CountAsync(c => c.UserId == user && c.UsedAt == null, ct);
    }

    /// <summary>Makes new recovery codes in place of all earlier ones. They are known only to who reads them now.</summary>
    public async Task<ImmutableArray<string>> NewRecoveryCodesAsync(Guid user, CancellationToken ct = default)
    {
        ImmutableArray<string> codes = [.. Enumerable.Range(0, Codes).Select(_ => string.Join('-', Totp.ToBase32(RandomNumberGenerator.GetBytes(CodeBytes)).ToLowerInvariant().Chunk(6).Select(part => new string(part))))];
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.RecoveryCodes.Where(c => c.UserId == user).ExecuteDeleteAsync(ct);
        db.RecoveryCodes.AddRange(codes.Select(c => new RecoveryCodeRow { UserId = user, CodeHash = HashOf(c) }));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return codes;
    }

    /// <summary>Uses a recovery code up; false if it is none of the person's, or was used.</summary>
    public async Task<bool> UseRecoveryCodeAsync(Guid user, string code, CancellationToken ct = default)
    {
        var (hash, now) = (HashOf(code), system.GetUtcNow());
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        return await db.RecoveryCodes.Where(c => c.UserId == user && c.CodeHash == hash && c.UsedAt == null).ExecuteUpdateAsync(u => u.SetProperty(c => c.UsedAt, now), ct) == 1;
    }

    // As typed: with or without hyphens and spaces, in capitals or not.
    private static string HashOf(string code) => LinkToken.Hash(string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant());

    private IDataProtector Protector(Guid user) => protection.CreateProtector(Purpose, user.ToString());
}
