using System.Text.Json.Serialization;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Domain.Risk;

/// <summary>What a clinician found and did. The system never decides that risk is low (domain.md §5).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlertOutcome>))]
public enum AlertOutcome
{
    /// <summary>Assessed, safety plan made or confirmed.</summary>
    SafetyPlanAgreed,
    /// <summary>Assessed, no change to the plan.</summary>
    AssessedNoChange,
    /// <summary>Handed to the crisis team.</summary>
    CrisisTeam,
    /// <summary>Emergency services were called.</summary>
    Emergency,
}

/// <summary>A risk alert from a safety item.</summary>
/// <param name="ItemValue">The highest value answered, 1–3.</param>
[GenerateSerializer, Immutable, Alias("ipt.risk.alert")]
public sealed record Alert(
    AlertId Id, RequestId Request, int ItemValue, DateTimeOffset RaisedAt,
    MemberId? AcknowledgedBy = null, DateTimeOffset? AcknowledgedAt = null,
    MemberId? ClosedBy = null, DateTimeOffset? ClosedAt = null, AlertOutcome? Outcome = null, string Text = "")
{
    /// <summary>Not closed by a clinician yet.</summary>
    public bool IsOpen => ClosedAt is null;
}
