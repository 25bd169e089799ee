using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using IptCloud.Data.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Access;

/// <summary>
/// Derives the secret part of a letter's link when the letter leaves, the same at every attempt; it is never stored. The key
/// lies in the directory, readable with the key ring only.
/// </summary>
internal sealed class LetterKey(Databases databases, IDataProtectionProvider protection)
{
    private const string Name = "staff-letters";

    private byte[]? key;

    public async Task<string> TokenAsync(Guid letter, string purpose, CancellationToken ct)
    {
        key ??= await LoadAsync(ct);
        byte[] source = [.. letter.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(purpose)];
        return Base64Url.EncodeToString(HMACSHA256.HashData(key, source));
    }

    private async Task<byte[]> LoadAsync(CancellationToken ct)
    {
        var protector = protection.CreateProtector(Name);
        await using var db = await databases.ReadAsync(DatabaseRole.Directory, ct);
        if (await SealedAsync(db, ct) is not { } kept)
        {
            db.ServerKeys.Add(new() { Name = Name, Sealed = protector.Protect(RandomNumberGenerator.GetBytes(32)) });
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException)
            {
                // Another process has made one meanwhile: that one counts. Anything else shows itself at the next line.
            }

            kept = await SealedAsync(db, ct) ?? throw new InvalidOperationException("The key of staff letters could not be kept.");
        }

        return protector.Unprotect(kept);
    }

    private static Task<byte[]?> SealedAsync(IptCloudDb db, CancellationToken ct) => db.ServerKeys.Where(k => k.Name == Name).Select(k => k.Sealed).SingleOrDefaultAsync(ct);
}
