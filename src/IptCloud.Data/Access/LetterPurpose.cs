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
    /// <summary>A therapist joined, and a seat was added to the bill; no link of its own.</summary>
    SeatAdded,
    /// <summary>A payment did not go through; no link of its own.</summary>
    PaymentLate,
    /// <summary>Nothing new can be started until the subscription is paid; no link of its own.</summary>
    Restricted,
    /// <summary>An invoice was paid; no link of its own.</summary>
    Receipt,
    /// <summary>The trial ends soon and nobody has subscribed; no link of its own.</summary>
    TrialEnding,
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

    /// <summary>A seat was added to the bill because somebody accepted an invitation.</summary>
    public static readonly LetterPurpose SeatAdded = new("seat-added", LetterTemplate.SeatAdded, TimeSpan.FromDays(7));

    /// <summary>A payment did not go through.</summary>
    public static readonly LetterPurpose PaymentLate = new("payment-late", LetterTemplate.PaymentLate, TimeSpan.FromDays(7));

    /// <summary>The subscription is over, or not paid any more.</summary>
    public static readonly LetterPurpose Restricted = new("restricted", LetterTemplate.Restricted, TimeSpan.FromDays(7));

    /// <summary>The trial ends soon.</summary>
    public static readonly LetterPurpose TrialEnding = new("trial-ending", LetterTemplate.TrialEnding, TimeSpan.FromDays(7));

    /// <summary>An invoice was paid.</summary>
    public static readonly LetterPurpose Receipt = new("receipt", LetterTemplate.Receipt, TimeSpan.FromDays(7));
}
