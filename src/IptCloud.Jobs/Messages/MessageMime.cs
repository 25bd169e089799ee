using System.Globalization;
using IptCloud.Contracts.Messages;
using MimeKit;

namespace IptCloud.Jobs.Messages;

/// <summary>A message as MIME.</summary>
internal static class MessageMime
{
    private const string Unsubscribe = "List-Unsubscribe";

    /// <summary>Makes the MIME message. Its Message-ID is the outbox id, so that a receiver can tell a repetition.</summary>
    public static MimeMessage Of(OutgoingMessage message, string fromAddress, DateTimeOffset now)
    {
        var from = new MailboxAddress(message.FromName, fromAddress);
        var mime = new MimeMessage([from], [MailboxAddress.Parse(message.ToAddress)], message.Subject, new TextPart("plain") { Text = message.Text })
        {
            MessageId = string.Create(CultureInfo.InvariantCulture, $"{message.Id}@{from.Domain}"),
            Date = now,
        };
        mime.Headers.Add("Auto-Submitted", "auto-generated");
        mime.Headers.Add("X-Auto-Response-Suppress", "All");
        if (message.UnsubscribeUrl is { } url)
        {
            mime.Headers.Add(Unsubscribe, $"<{url}>");
            mime.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"); // RFC 8058
        }

        return mime;
    }

    /// <summary>The address that stops e-mails; null if the message has none.</summary>
    public static string? UnsubscribeUrlOf(MimeMessage mime) => mime.Headers[Unsubscribe]?.Trim('<', '>', ' ');
}
