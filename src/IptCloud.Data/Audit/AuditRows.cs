using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Audit;

/// <summary>An entry of the audit. Ids and codes only, so nothing in it is sealed: whom an id means is known to the network alone. Never changed.</summary>
public sealed class AuditEntryRow : INetworkRow
{
    /// <summary>The network, or <see cref="Domain.Audit.AuditEntry.Platform"/>.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>Ordered by time.</summary>
    public Guid EntryId { get; set; }
    /// <summary>By the system clock.</summary>
    public DateTimeOffset At { get; set; }
    /// <summary>Name of an <see cref="Domain.Networks.ActorKind"/>; null: nobody who is signed in.</summary>
    public string? ActorKind { get; set; }
    /// <summary>Who did it.</summary>
    public MemberId? MemberId { get; set; }
    /// <summary>For whom.</summary>
    public MemberId? OnBehalfOf { get; set; }
    /// <summary>The account.</summary>
    public Guid? UserId { get; set; }
    /// <summary>Code of an <see cref="Domain.Audit.AuditAction"/>.</summary>
    public string Action { get; set; } = "";
    /// <summary>Name of an <see cref="Domain.Audit.AuditOutcome"/>.</summary>
    public string Outcome { get; set; } = "";
    /// <summary>The course.</summary>
    public CourseId? CourseId { get; set; }
    /// <summary>What in it.</summary>
    public Guid? SubjectId { get; set; }
    /// <summary>The address.</summary>
    public string Origin { get; set; } = "";
    /// <summary>The sign-in session.</summary>
    public string? SessionId { get; set; }
    /// <summary>A short code.</summary>
    public string? Detail { get; set; }
}

/// <summary>Whose record an entry is about; a list shows several clients. Never changed.</summary>
public sealed class AuditEntryClientRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>The client: before the entry in the key, because it is asked for by client and time.</summary>
    public ClientId ClientId { get; set; }
    /// <summary>The entry.</summary>
    public Guid EntryId { get; set; }
}

/// <summary>A link of a network's chain; see <see cref="Domain.Audit.AuditLink"/>. A table of its own, so that sealing changes no entry. Never changed.</summary>
public sealed class AuditLinkRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>From 1.</summary>
    public long Seq { get; set; }
    /// <summary>The sealed entry.</summary>
    public Guid EntryId { get; set; }
    /// <summary>Hexadecimal, as all three.</summary>
    public string Digest { get; set; } = "";
    /// <summary>The hash of the link before.</summary>
    public string Previous { get; set; } = "";
    /// <summary>The link's own hash.</summary>
    public string Hash { get; set; } = "";
}
