using IptCloud.Data.Messages;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Access;

/// <summary>A letter to a member of staff that is about no course. In the directory: its reader may belong to no network yet.</summary>
public sealed class StaffLetterRow
{
    /// <summary>Its id; Message-ID and source of its token.</summary>
    public Guid Id { get; set; }
    /// <summary>See <see cref="LetterPurpose.Name"/>.</summary>
    public string Purpose { get; set; } = "";
    /// <summary>See <see cref="LetterTemplate"/>.</summary>
    public string Template { get; set; } = "";
    /// <summary>Where it goes.</summary>
    public string Address { get; set; } = "";
    /// <summary>What it is about, as its purpose means it: a user, an invitation.</summary>
    public Guid Subject { get; set; }
    /// <summary>On whose behalf; null: on nobody's but the reader's. A network's own login can queue letters of that network only.</summary>
    public NetworkId? NetworkId { get; set; }
    /// <summary>When queued, by the system clock as all of its times.</summary>
    public DateTimeOffset QueuedAt { get; set; }
    /// <summary>From when it may be claimed for delivery; a claim pushes it forward.</summary>
    public DateTimeOffset VisibleAt { get; set; }
    /// <summary>From then on its link opens nothing, and it does not leave any more.</summary>
    public DateTimeOffset ExpiresAt { get; set; }
    /// <summary>See <see cref="OutboxStates"/>.</summary>
    public string State { get; set; } = "";
    /// <summary>How often delivery was tried.</summary>
    public int Attempt { get; set; }
    /// <summary>What its text says beside the link, such as an amount and a date, a line each; null: nothing. No name of anybody.</summary>
    public string? Facts { get; set; }
    /// <summary>A word on the outcome, free of personal data.</summary>
    public string? Detail { get; set; }
    /// <summary>SHA-256 of its link's token, hexadecimal; null until it leaves.</summary>
    public string? TokenHash { get; set; }
    /// <summary>When its link was used up.</summary>
    public DateTimeOffset? SpentAt { get; set; }
}

/// <summary>A key of the platform itself, protected by the key ring.</summary>
public sealed class ServerKeyRow
{
    /// <summary>What it is for.</summary>
    public string Name { get; set; } = "";
    /// <summary>The key as the key ring protects it.</summary>
    public byte[] Sealed { get; set; } = [];
}
