using IptCloud.Domain.Messages;

namespace IptCloud.Data.Messages;

/// <summary>A message whose sending has been committed to: everything that is needed to write and address it, and nothing that may be logged.</summary>
public sealed class Delivery
{
    /// <summary>Which message.</summary>
    public required OutboxKey Key { get; init; }
    /// <summary>Which attempt this is; only its own worker may settle it.</summary>
    public required int Attempt { get; init; }
    /// <summary>The text to use.</summary>
    public required MessageTemplate Template { get; init; }
    /// <summary>Where it goes.</summary>
    public required string Address { get; init; }
    /// <summary>The client's given name; null for staff.</summary>
    public string? GivenName { get; init; }
    /// <summary>BCP 47 tag of the language to write in.</summary>
    public string Language { get; init; } = "en-GB";
    /// <summary>The clinic's neutral name.</summary>
    public required string SenderName { get; init; }
    /// <summary>The number to call back.</summary>
    public required string Phone { get; init; }
    /// <summary>Day and time of the session, if the client agreed that a message may name them.</summary>
    public DateTime? SessionLocal { get; init; }
    /// <summary>The secret of the task link; null if there is nothing to do behind it.</summary>
    public string? LinkToken { get; init; }
    /// <summary>The secret of the link that stops e-mails; null for staff.</summary>
    public string? StopToken { get; init; }

    /// <summary>When it might have left, at the earliest.</summary>
    public DateTimeOffset QueuedAt { get; init; }
    /// <summary>The trace in which it was queued.</summary>
    public string? Trace { get; init; }

    /// <summary>The message's id: a delivery that is logged by mistake gives nothing away.</summary>
    public override string ToString() => Key.Message.ToString();
}
