using IptCloud.Data.Access;
using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using Microsoft.AspNetCore.Identity;

namespace IptCloud.Portal.Access;

/// <summary>Replaces a forgotten password. It ends every sign-in and signs nobody in: the second factor is still asked for.</summary>
internal sealed class PasswordReset(UserManager<StaffUser> users, StaffLetters letters, StaffSessions sessions, StaffLockout lockout, Databases databases)
{
    /// <summary>Whether the link still works; looking changes nothing.</summary>
    public async Task<bool> IsOpenAsync(string token) => await letters.FindAsync(token, LetterPurpose.Reset) is not null;

    /// <summary>Sets the password and spends the link.</summary>
    /// <returns>What is wrong with the password; null if the link does not work any more; empty if all is done.</returns>
    public async Task<IReadOnlyList<string>?> SetAsync(string token, string password)
    {
        if (await letters.FindAsync(token, LetterPurpose.Reset) is not { } link || await users.FindByIdAsync(link.Subject.ToString()) is not { } user) return null;
        var wrong = await WrongWithAsync(users, user, password);
        if (wrong.Count > 0) return wrong;
        await using (var db = await databases.WriteAsync(DatabaseRole.Directory))
            if (!await letters.SpendAsync(db, link)) return null;
        // Spent first: of two at once only one gets here.
        await users.RemovePasswordAsync(user);
        var set = await users.AddPasswordAsync(user, password);
        if (!set.Succeeded) throw new InvalidOperationException("A password that was found good was refused.");
        await lockout.ClearAsync(user);
        await sessions.EndAllAsync(user.Id);
        await SignInNews.SendAsync(databases, letters, user);
        return [];
    }

    /// <summary>What speaks against a password, in words.</summary>
    public static async Task<IReadOnlyList<string>> WrongWithAsync(UserManager<StaffUser> users, StaffUser user, string password)
    {
        List<string> wrong = [];
        foreach (var rule in users.PasswordValidators)
            wrong.AddRange((await rule.ValidateAsync(users, user, password)).Errors.Select(e => e.Code == nameof(IdentityErrorDescriber.PasswordTooShort) ? "Use at least 12 characters." : e.Description));
        return wrong;
    }
}

/// <summary>Tells a person by letter that something about their sign-in was changed.</summary>
internal static class SignInNews
{
    public static async Task SendAsync(Databases databases, StaffLetters letters, StaffUser user)
    {
        if (user.Email is not { } address) return;
        await using var db = await databases.WriteAsync(DatabaseRole.Directory);
        await letters.QueueAsync(db, LetterPurpose.Changed, address, user.Id);
    }
}
