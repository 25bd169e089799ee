using IptCloud.Data.Networks;
using Microsoft.AspNetCore.Identity;

namespace IptCloud.Portal.Access;

/// <summary>
/// Refuses passwords that anybody would try first (ASVS V6.2.4). Long ones are common words drawn out: so digits and signs
/// around and between are dropped and repetitions folded before looking. No rules of composition beside it (V6.2.5).
/// </summary>
internal sealed class CommonPasswords : IPasswordValidator<StaffUser>
{
    /// <summary>The longest password that is hashed.</summary>
    public const int Longest = 128;

    private static readonly HashSet<string> Common =
    [
        "", "password", "passwort", "passphrase", "passwordpassword", "mypassword", "thisismypassword", "newpassword", "defaultpassword", "changeme", "changemenow", "letmein", "letmeinnow",
        "qwerty", "qwertyuiop", "qwertyuiopasdfghjkl", "qwertyuiopasdf", "qwertyqwerty", "qwertz", "qwertzuiop", "azerty", "azertyuiop", "asdfghjkl", "asdfasdf", "zxcvbnm", "qazwsx", "qazwsxedc", "qazwsxedcrfv", "qweasdzxc",
        "abc", "abcd", "abcdef", "abcdefg", "abcdefgh", "abcdefghij", "abcdefghijkl", "abcdefghijklm", "abcdefghijklmnopqrstuvwxyz", "iloveyou", "iloveyousomuch", "loveyou", "iloveme", "ihateyou", "welcome", "welcomehome", "welcometothejungle",
        "admin", "administrator", "adminadmin", "superuser", "superman", "batman", "spiderman", "starwars", "maytheforcebewithyou", "pokemon", "minecraft", "football", "baseball", "basketball", "liverpoolfc", "manchesterunited", "arsenal", "chelsea",
        "sunshine", "princess", "dragon", "monkey", "shadow", "master", "michael", "jennifer", "jessica", "charlie", "computer", "internet", "whatever", "trustno", "secret", "topsecret", "mysecret", "nothing", "nobodyknows", "correcthorsebatterystaple",
        "hello", "hellohello", "helloworld", "goodmorning", "summer", "winter", "spring", "autumn", "london", "england", "newyork", "november", "december", "january", "february", "september", "october", "monday", "friday", "unknown", "test", "testtest", "testing", "testpassword",
        "therapy", "therapist", "psychotherapy", "interpersonalpsychotherapy", "psychology", "psychologist", "hospital", "clinic", "doctor", "supervisor", "mentalhealth", "health", "healthcare", "patient", "client", "iptcloud", "ipt", "cloud",
    ];

    public Task<IdentityResult> ValidateAsync(UserManager<StaffUser> manager, StaffUser user, string? password) => Task.FromResult(
        password?.Length > Longest ? Failed("Use at most 128 characters.")
        : IsCommon(password ?? "", user?.Email) ? Failed("Too easy to guess: it is a common password, or made from your e-mail address. Three or four words that do not belong together are hard to guess.")
        : IdentityResult.Success);

    /// <summary>Whether a password is a common one in disguise.</summary>
    internal static bool IsCommon(string password, string? email)
    {
        var core = Core(password);
        // A digit may stand for a letter, or be only a digit.
        return new[] { core, string.Concat(password.ToLowerInvariant().Where(char.IsLetter)) }.Any(c => Common.Contains(c) || Common.Contains(Fold(c))) || password.Distinct().Count() < 4
            || (email?.Split('@')[0] is { Length: > 3 } name && core.Replace(Core(name), "", StringComparison.Ordinal).Length < 4);
    }

    private static string Core(string text) => string.Concat(text.ToLowerInvariant().Select(Letter).Where(char.IsLetter));

    // As people write words in passwords.
    private static char Letter(char c) => c switch { '@' => 'a', '0' => 'o', '$' => 's', _ => c };

    // "hellohellohello": "hello"
    private static string Fold(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
            if (text.Length % length == 0 && string.Concat(Enumerable.Repeat(text[..length], text.Length / length)) == text) return text[..length];
        return text;
    }

    private static IdentityResult Failed(string words) => IdentityResult.Failed(new IdentityError { Code = nameof(CommonPasswords), Description = words });
}
