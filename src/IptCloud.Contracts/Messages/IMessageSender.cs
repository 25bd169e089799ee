namespace IptCloud.Contracts.Messages;

/// <summary>A message, rendered and addressed, ready to leave.</summary>
/// <param name="Id">The outbox id; the sender uses it as the idempotency key and as Message-ID.</param>
/// <param name="FromName">The clinic's neutral sender name.</param>
public sealed record OutgoingMessage(string Id, string FromName, string ToAddress, string Subject, string Text, string? UnsubscribeUrl);

/// <summary>How sending ended.</summary>
public enum SendOutcome
{
    /// <summary>The other side took it.</summary>
    Sent,
    /// <summary>It did not; trying again is safe.</summary>
    TryAgain,
    /// <summary>It refused for good.</summary>
    Rejected,
    /// <summary>Nobody can know: it may have been taken. Shown to a person, not repeated.</summary>
    MaybeSent,
}

/// <summary>The outcome with a word on why, free of personal data.</summary>
public sealed record SendResult(SendOutcome Outcome, string Detail);

/// <summary>Carries messages out of the system: into a mailbox folder, or over SMTP.</summary>
public interface IMessageSender
{
    /// <summary>True if handing the same message over again cannot make two of it. Then a message left in the middle is simply sent again.</summary>
    bool IsRepeatable => false;

    /// <summary>Sends one message. Does not throw for anything the network or the other side does.</summary>
    Task<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken);
}
