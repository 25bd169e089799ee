using System.Globalization;
using IptCloud.Contracts.Messages;
using IptCloud.Data.Messages;
using IptCloud.Domain.Messages;
using Microsoft.Extensions.Options;

namespace IptCloud.Jobs.Messages;

/// <summary>Writes a message from its template. Links start with the public address, never with a request's host.</summary>
public sealed class MessageRenderer(IOptions<WorkerOptions> options)
{
    private readonly string root = (options.Value.PublicUrl ?? throw new InvalidOperationException("The public address is not set.")).GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>The message, ready to leave.</summary>
    public OutgoingMessage Render(Delivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var culture = CultureOf(delivery.Language);
        var forStaff = delivery.Template == MessageTemplate.StaffAlert;
        var link = forStaff ? $"{root}/my-day" : delivery.LinkToken is { } token ? $"{root}/l/{token}" : null;
        var stop = delivery.StopToken is { } secret ? $"{root}/u/{secret}" : null;
        string[] paragraphs =
        [
            .. forStaff ? [] : new[] { MessageTexts.Greeting(delivery.GivenName, culture) },
            MessageTexts.Line(delivery.Template, delivery.SenderName, delivery.SessionLocal, link, culture),
            string.Join('\n', MessageTexts.Footer(forStaff ? "" : delivery.Phone, stop, culture)),
        ];
        return new(delivery.Key.Message.ToString(), delivery.SenderName, delivery.Address, MessageTexts.Subject(delivery.Template, culture), string.Join("\n\n", paragraphs) + "\n", stop);
    }

    /// <summary>British English where the language is unknown: a message in another language is better than none.</summary>
    private static CultureInfo CultureOf(string language)
    {
        try
        {
            return CultureInfo.GetCultureInfo(string.IsNullOrWhiteSpace(language) ? "en-GB" : language, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.GetCultureInfo("en-GB");
        }
    }
}
