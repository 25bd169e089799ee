using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Sessions;

/// <summary>One revision of a draft note. Every revision is kept; the next one must build on the newest.</summary>
public sealed class NoteDraftRow : INetworkRow
{
    /// <summary>The network.</summary>
    public NetworkId NetworkId { get; set; }
    /// <summary>The session.</summary>
    public SessionId SessionId { get; set; }
    /// <summary>1, 2, 3 …; the primary key lets only one of two tabs win.</summary>
    public int Revision { get; set; }
    /// <summary>The course.</summary>
    public CourseId CourseId { get; set; }
    /// <summary>Who typed it.</summary>
    public MemberId Author { get; set; }
    /// <summary>The text, sealed.</summary>
    public byte[] Payload { get; set; } = [];
    /// <summary>Which data key the payload is sealed with; 0 = not sealed.</summary>
    public int KeyVersion { get; set; }
    /// <summary>The codes of strategies and techniques that were ticked, separated by spaces.</summary>
    public string Ticked { get; set; } = "";
    /// <summary>The revision that was changed into this one; 0: none. Two that build on the same one were typed side by side.</summary>
    public int BuildsOn { get; set; }
    /// <summary>When saved.</summary>
    public DateTimeOffset SavedAt { get; set; }
}
