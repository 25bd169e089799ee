using System.Globalization;
using System.Resources;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Messages;

namespace IptCloud.Jobs.Messages;

/// <summary>
/// The texts of messages, from resources. Every one is neutral: it holds a given name, the clinic's neutral sender name, a
/// number, a link, perhaps day and time, and has no place for anything else.
/// </summary>
internal static class MessageTexts
{
    /// <summary>The most characters of the one line that says what the message is about: it would fit a text message.</summary>
    public const int LongestLine = 160;

    private const int LongestName = 40;

    private static readonly ResourceManager Resources = new(typeof(MessageTexts));

    /// <summary>What stands outside the envelope.</summary>
    public static string Subject(MessageTemplate template, CultureInfo culture) => Get(template == MessageTemplate.StaffAlert ? "SubjectStaff" : "Subject", culture);

    /// <summary>The greeting; a name that no greeting can hold is left out.</summary>
    public static string Greeting(string? givenName, CultureInfo culture) =>
        Clean(givenName) is { Length: > 0 and <= LongestName } name ? string.Format(culture, Get("Greeting", culture), name) : Get("GreetingNoName", culture);

    /// <summary>The line that says what the message is about, the sender's name left out where it would be too long.</summary>
    public static string Line(MessageTemplate template, string sender, DateTime? session, string? link, CultureInfo culture)
    {
        var name = template.ToString() + (template != MessageTemplate.Reminder ? "" : (session is null ? "" : "Time") + (link is null ? "" : "Note"));
        var full = Fill(Get(name, culture), sender, session, link, culture);
        return full.Length <= LongestLine && Clean(sender).Length > 0 ? full : Fill(Get(name + "Short", culture), sender, session, link, culture);
    }

    /// <summary>What stands below: how to speak to someone, that nobody reads replies, how to stop.</summary>
    public static IEnumerable<string> Footer(string phone, string? stopUrl, CultureInfo culture)
    {
        if (Clean(phone) is { Length: > 0 } number) yield return string.Format(culture, Get("Call", culture), number);
        yield return Get("Unread", culture);
        if (stopUrl is not null) yield return string.Format(culture, Get("Stop", culture), stopUrl);
    }

    private static string Fill(string text, string sender, DateTime? session, string? link, CultureInfo culture) => text
        .Replace("{when}", session?.ToString(Get("When", culture), culture), StringComparison.Ordinal)
        .Replace("{link}", link, StringComparison.Ordinal)
        .Replace("{sender}", Clean(sender), StringComparison.Ordinal);

    private static string Get(string name, CultureInfo culture) => Resources.GetString(name, culture) ?? throw new MissingManifestResourceException($"There is no text '{name}'.");

    /// <summary>One line that leaves the words around it in their order, whatever was typed.</summary>
    private static string Clean(string? text) => string.Concat(Texts.Plain(text).Select(ch => char.IsControl(ch) ? ' ' : ch)).Trim();
}
