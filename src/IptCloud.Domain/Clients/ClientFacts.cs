using IptCloud.Domain.Identifiers;

namespace IptCloud.Domain.Clients;

/// <summary>What a decision needs of the client's record, read once at the edge. No name, no address.</summary>
/// <param name="Zone">IANA zone in which quiet hours are kept.</param>
/// <param name="MayEmail">The client consented to e-mail and has an address.</param>
[GenerateSerializer, Immutable, Alias("ipt.clients.facts")]
public sealed record ClientFacts(ClientId Client, string Zone, bool MayEmail);

/// <summary>A client's record: who they are and how they may be reached. Kept apart from the course.</summary>
/// <param name="GivenName">The name messages greet with.</param>
/// <param name="FamilyName">Shown to staff only.</param>
/// <param name="Zone">IANA zone, e.g. <c>Europe/London</c>.</param>
/// <param name="Language">BCP 47 tag, e.g. <c>en-GB</c>.</param>
/// <param name="Email">Address for messages; null if none was given.</param>
/// <param name="EmailConsent">The client agreed to messages by e-mail.</param>
/// <param name="Phone">Number for calls by staff; null if none was given.</param>
/// <param name="PhoneConsent">The client agreed to be called.</param>
/// <param name="TimesConsent">The client agreed that a reminder may name day and time.</param>
public sealed record ClientRecord(
    string GivenName, string FamilyName, string Zone, string Language,
    string? Email, bool EmailConsent, string? Phone, bool PhoneConsent, bool TimesConsent)
{
    /// <summary>Given and family name, as staff see it.</summary>
    public string FullName => $"{GivenName} {FamilyName}".Trim();

    /// <summary>True if an e-mail may be sent now.</summary>
    public bool MayEmail => EmailConsent && !string.IsNullOrWhiteSpace(Email);

    /// <summary>True if messages went to another address before: that mailbox may have been somebody else's.</summary>
    public bool LeavesAddressOf(ClientRecord before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return before.Email is not null && !string.Equals(before.Email, Email, StringComparison.OrdinalIgnoreCase);
    }
}
