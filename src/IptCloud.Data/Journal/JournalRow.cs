using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Journal;

/// <summary>One event as stored. Never changed, never deleted.</summary>
public sealed class JournalRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>What kind of stream: <c>course</c>.</summary>
    public string StreamKind { get; set; } = "";
    /// <summary>Which stream: the course's id.</summary>
    public Guid StreamId { get; set; }
    /// <summary>1, 2, 3 … without gaps within a stream.</summary>
    public long Seq { get; set; }
    /// <summary>The event's own id; it tells two histories apart after a restored backup.</summary>
    public Guid EventId { get; set; }
    /// <summary>Stable alias, e.g. <c>session.attendance-recorded</c>.</summary>
    public string Type { get; set; } = "";
    /// <summary>Version of that type.</summary>
    public int Version { get; set; }
    /// <summary>The event as JSON, sealed.</summary>
    public byte[] Payload { get; set; } = [];
    /// <summary>When it happened, by the clinic clock.</summary>
    public DateTimeOffset OccurredAt { get; set; }
    /// <summary>When it was written, by the clinic clock.</summary>
    public DateTimeOffset RecordedAt { get; set; }
    /// <summary><c>member:…</c>, <c>client</c> or <c>system</c>.</summary>
    public string Actor { get; set; } = "";
    /// <summary>For whom the member acted.</summary>
    public MemberId? OnBehalfOf { get; set; }
    /// <summary>On the first event of its command only, and unique in the stream.</summary>
    public CommandId? CommandId { get; set; }
    /// <summary>Which data key the payload is sealed with; 0 = not sealed.</summary>
    public int KeyVersion { get; set; }
}
