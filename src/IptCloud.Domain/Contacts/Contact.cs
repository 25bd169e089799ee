using System.Text.Json.Serialization;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Domain.Contacts;

/// <summary>Whom a contact between sessions was with.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ContactParty>))]
public enum ContactParty
{
    /// <summary>The client.</summary>
    Client,
    /// <summary>Somebody close to the client.</summary>
    CloseToClient,
    /// <summary>Another professional, such as the client's doctor.</summary>
    Professional,
}

/// <summary>How a contact came about.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ContactWay>))]
public enum ContactWay
{
    /// <summary>Spoken by telephone or video.</summary>
    Telephone,
    /// <summary>A letter, an e-mail, a text message.</summary>
    InWriting,
    /// <summary>Face to face, outside a session.</summary>
    InPerson,
    /// <summary>A call or visit that reached nobody.</summary>
    NoAnswer,
}

/// <summary>A contact between sessions. What was recorded stands; a later one corrects it.</summary>
/// <param name="At">When it took place.</param>
/// <param name="Text">What was said or agreed.</param>
/// <param name="By">Who recorded it.</param>
[GenerateSerializer, Immutable, Alias("ipt.contacts.contact")]
public sealed record Contact(ContactId Id, ContactParty With, ContactWay Way, DateTimeOffset At, string Text, MemberId? By, DateTimeOffset RecordedAt);
