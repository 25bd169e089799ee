namespace IptCloud.Domain.Contacts;

/// <summary>Every refusal about contacts between sessions.</summary>
public static class ContactRefusals
{
    /// <summary>A contact further back than this was dated wrongly.</summary>
    public static TimeSpan LongestAgo { get; } = TimeSpan.FromDays(366);

    /// <summary>In the future.</summary>
    public static Refusal NotYet { get; } = new("contact.not-yet", "date", "Choose a day and time that have passed: a contact is recorded after it took place.");

    /// <summary>More than a year ago.</summary>
    public static Refusal TooLongAgo { get; } = new("contact.too-long-ago", "date", "This is more than a year ago. Check the year.");
}
