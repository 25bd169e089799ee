namespace IptCloud.Testing;

/// <summary>How the sink meets the messages that follow.</summary>
public enum SmtpAnswer
{
    /// <summary>Stored, and answered with 250.</summary>
    Accept,

    /// <summary>550 to the recipient: never deliverable.</summary>
    RefuseRecipient,

    /// <summary>451 to the recipient: try again later.</summary>
    DeferRecipient,

    /// <summary>554 after the text: never deliverable.</summary>
    RefuseMessage,

    /// <summary>452 after the text: try again later.</summary>
    DeferMessage,

    /// <summary>The connection is reset before any text was sent: certainly not delivered.</summary>
    DropBeforeMessage,

    /// <summary>Stored, then the connection is reset before the answer: the sender can only say "maybe sent".</summary>
    DropAfterMessage,

    /// <summary>Stored, then never answered: what a sender's time-out meets. Also "maybe sent".</summary>
    SilenceAfterMessage,
}
