using System.Text.Json.Serialization;

namespace IptCloud.Domain.Sessions;

/// <summary>What became of a session: the six NHS codes (domain.md §6.1). The number is the code.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AttendanceCode>))]
public enum AttendanceCode
{
    /// <summary>2: cancelled by, or for, the client.</summary>
    CancelledByClient = 2,
    /// <summary>3: did not attend, no notice given.</summary>
    DidNotAttend = 3,
    /// <summary>4: cancelled or postponed by the service; never counted against the client.</summary>
    CancelledByService = 4,
    /// <summary>5: attended on time.</summary>
    Attended = 5,
    /// <summary>6: arrived late, but was seen.</summary>
    AttendedLate = 6,
    /// <summary>7: arrived late and could not be seen.</summary>
    ArrivedNotSeen = 7,
}

/// <summary>What the codes count as.</summary>
public static class Attendances
{
    /// <summary>True for codes 5 and 6: only these give a session a number.</summary>
    public static bool CountsAsAttended(this AttendanceCode code) => code is AttendanceCode.Attended or AttendanceCode.AttendedLate;

    /// <summary>True for codes 2 and 4: the time is free again.</summary>
    public static bool IsCancellation(this AttendanceCode code) => code is AttendanceCode.CancelledByClient or AttendanceCode.CancelledByService;
}

/// <summary>What came of following up a miss. "Sent" is not an outcome (domain.md §6.4).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FollowUpOutcome>))]
public enum FollowUpOutcome
{
    /// <summary>The client was reached.</summary>
    Reached,
    /// <summary>The client could not be reached.</summary>
    NotReached,
    /// <summary>There is a concern for the client's safety.</summary>
    SafetyConcern,
}

/// <summary>Which sessions of a series a change concerns.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MoveScope>))]
public enum MoveScope
{
    /// <summary>This session alone.</summary>
    This,
    /// <summary>This session and the later ones of its series that have not been recorded.</summary>
    ThisAndFollowing,
}
