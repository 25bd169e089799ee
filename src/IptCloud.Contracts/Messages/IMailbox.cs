namespace IptCloud.Contracts.Messages;

/// <summary>The mailbox folder of the embedded profile, so that a newcomer can read what a client would receive. Not registered in a cluster.</summary>
public interface IMailbox
{
    /// <summary>The newest messages first, at most <paramref name="count"/>.</summary>
    Task<IReadOnlyList<MailboxEntry>> NewestAsync(int count, CancellationToken cancellationToken);

    /// <summary>One message; null if there is none with this id.</summary>
    Task<MailboxMessage?> ReadAsync(string id, CancellationToken cancellationToken);
}

/// <summary>A message in the mailbox folder.</summary>
/// <param name="Id">The outbox id.</param>
public sealed record MailboxEntry(string Id, DateTimeOffset At, string To, string Subject);

/// <summary>A message with its text.</summary>
public sealed record MailboxMessage(MailboxEntry Entry, string Text);
