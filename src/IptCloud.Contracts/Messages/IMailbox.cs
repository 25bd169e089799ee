using System.Collections.Immutable;

namespace IptCloud.Contracts.Messages;

/// <summary>A message in the mailbox folder, as a list shows it.</summary>
/// <param name="Id">The outbox id.</param>
/// <param name="WrittenAt">When it was put there, on the system clock.</param>
public sealed record MailboxEntry(string Id, DateTimeOffset WrittenAt, string FromName, string ToAddress, string Subject);

/// <summary>A message in the mailbox folder, with its text.</summary>
public sealed record MailboxLetter(MailboxEntry Entry, string Text, string? UnsubscribeUrl);

/// <summary>Reading the mailbox folder, into which messages go where no mail server is set up. It holds clients' links: show it to platform operations only.</summary>
public interface IMailbox
{
    /// <summary>The newest messages, the newest first.</summary>
    Task<ImmutableArray<MailboxEntry>> NewestAsync(int take);

    /// <summary>One message; null if there is none with this id.</summary>
    Task<MailboxLetter?> ReadAsync(string id);
}
