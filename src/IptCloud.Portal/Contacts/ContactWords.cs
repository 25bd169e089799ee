using IptCloud.Domain.Contacts;

namespace IptCloud.Portal.Contacts;

/// <summary>Contacts between sessions, in words.</summary>
public static class ContactWords
{
    /// <summary>"the client", "another professional".</summary>
    public static string Of(ContactParty party) => party switch
    {
        ContactParty.Client => "the client",
        ContactParty.CloseToClient => "somebody close to the client",
        _ => "another professional",
    };

    /// <summary>"by telephone", as it follows a name.</summary>
    public static string Of(ContactWay way) => way switch
    {
        ContactWay.Telephone => "by telephone or video",
        ContactWay.InWriting => "in writing",
        ContactWay.InPerson => "in person",
        _ => "without an answer",
    };

    /// <summary>"The client, by telephone or video".</summary>
    public static string Title(Contact contact) => $"{Courses.Labels.Capital(Of(contact.With))}, {Of(contact.Way)}";
}
