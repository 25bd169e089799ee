namespace IptCloud.Data.Access;

/// <summary>The texts of staff letters. Stored by name.</summary>
public enum LetterTemplate
{
    /// <summary>Confirm an e-mail address.</summary>
    Confirm,
    /// <summary>Join a network.</summary>
    Invitation,
    /// <summary>Choose a new password.</summary>
    Reset,
    /// <summary>Something about signing in was changed; it has no link that does anything.</summary>
    Changed,
}

/// <summary>
/// What a staff letter is for. Each feature defines its own: what a link of one purpose opens, no other link opens.
/// </summary>
/// <param name="Name">Stored, and part of the link's address (<c>/t/NAME/TOKEN</c>): lower case, digits, hyphens.</param>
/// <param name="Lifetime">How long the link works, counted from queuing.</param>
public sealed record LetterPurpose(string Name, LetterTemplate Template, TimeSpan Lifetime)
{
    /// <summary>An out-of-band secret that helps to sign in lives ten minutes (ASVS V6.5.5).</summary>
    public static readonly TimeSpan SignInLifetime = TimeSpan.FromMinutes(10);

    /// <summary>E-mail confirmation.</summary>
    public static readonly LetterPurpose Confirm = new("confirm", LetterTemplate.Confirm, TimeSpan.FromHours(24));

    /// <summary>An invitation to a network.</summary>
    public static readonly LetterPurpose Invitation = new("invitation", LetterTemplate.Invitation, TimeSpan.FromDays(7));

    /// <summary>A forgotten password.</summary>
    public static readonly LetterPurpose Reset = new("reset", LetterTemplate.Reset, SignInLifetime);

    /// <summary>News that password, second factor or passkeys were changed.</summary>
    public static readonly LetterPurpose Changed = new("changed", LetterTemplate.Changed, TimeSpan.FromDays(2));
}
