namespace IptCloud.Domain.Audit;

/// <summary>What is wrong with a link.</summary>
public enum AuditFault
{
    /// <summary>The entry is not what was sealed.</summary>
    ChangedEntry,
    /// <summary>The link's entry is gone.</summary>
    MissingEntry,
    /// <summary>A link is gone, or an entry that must have been sealed has none.</summary>
    MissingLink,
    /// <summary>The link does not follow from the one before it: reordered, or changed itself.</summary>
    ReorderedLink,
}

/// <summary>The first broken link of a chain.</summary>
/// <param name="Seq">Its number; null for an entry without a link.</param>
/// <param name="Entry">Its entry; null if the link is gone, and its entry with it.</param>
public sealed record BrokenLink(long? Seq, Guid? Entry, AuditFault Fault)
{
    /// <summary>In a line, for a person.</summary>
    public override string ToString() => $"{(Seq is { } seq ? $"link {seq}" : "no link")}, entry {Entry?.ToString("N") ?? "unknown"}: " + Fault switch
    {
        AuditFault.ChangedEntry => "the entry was changed after it was sealed",
        AuditFault.MissingEntry => "the entry is missing",
        AuditFault.MissingLink => "the link is missing",
        _ => "the link was reordered or changed",
    };
}
