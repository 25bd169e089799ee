using System.Net.Mail;

namespace IptCloud.Portal.Shared;

/// <summary>E-mail addresses as typed.</summary>
internal static class MailText
{
    /// <summary>One line, one address, nothing around it: it will stand in a mail's header.</summary>
    public static bool IsAddress(string text) =>
        text.Length <= 254 && !text.Any(char.IsControl) && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal);
}
