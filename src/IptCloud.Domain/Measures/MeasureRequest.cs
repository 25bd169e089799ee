using System.Collections.Immutable;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Domain.Measures;

/// <summary>One form of a measure: asked for, answered item by item, handed in.</summary>
/// <param name="Answers">Item number → value; null = declined. Kept as given, also when never handed in.</param>
/// <param name="Score">What was scored when it was handed in; null before.</param>
/// <param name="ReadBy">The clinician who has seen the result.</param>
[GenerateSerializer, Immutable, Alias("ipt.measures.request")]
public sealed record MeasureRequest(
    RequestId Id, string Instrument, int Version, SessionId? Session, DateTimeOffset RequestedAt, DateTimeOffset ClosesAt,
    ImmutableSortedDictionary<int, int?> Answers, DateTimeOffset? AnsweredAt = null, DateTimeOffset? SubmittedAt = null, Score? Score = null, MemberId? ReadBy = null)
{
    /// <summary>May still be answered.</summary>
    public bool IsOpen => SubmittedAt is null;
}
