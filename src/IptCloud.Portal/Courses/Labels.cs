using IptCloud.Domain.Courses;
using IptCloud.Domain.Homework;
using IptCloud.Domain.Inventory;
using IptCloud.Domain.Protocols;
using IptCloud.Domain.Risk;
using IptCloud.Domain.Sessions;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Courses;

/// <summary>What the enumerations of a course are called on pages.</summary>
public static class Labels
{
    /// <summary>Initial, Middle, Ending.</summary>
    public static string Of(Phase phase) => Capital(Words.Of(phase));

    /// <summary>Attended, Did not attend, …</summary>
    public static string Of(AttendanceCode code) => SessionRefusals.Name(code);

    /// <summary>The answer of a homework.</summary>
    public static string Of(HomeworkAnswer answer) => answer switch { HomeworkAnswer.Did => "Did it", HomeworkAnswer.Partly => "Partly", _ => "Not yet" };

    /// <summary>What came of a follow-up.</summary>
    public static string Of(FollowUpOutcome outcome) => outcome switch
    {
        FollowUpOutcome.Reached => "The client was reached",
        FollowUpOutcome.NotReached => "The client could not be reached",
        _ => "There is a concern for the client’s safety",
    };

    /// <summary>What a clinician found and did.</summary>
    public static string Of(AlertOutcome outcome) => outcome switch
    {
        AlertOutcome.SafetyPlanAgreed => "Assessed, safety plan made or confirmed",
        AlertOutcome.AssessedNoChange => "Assessed, no change to the plan",
        AlertOutcome.CrisisTeam => "Handed to the crisis team",
        _ => "Emergency services were called",
    };

    /// <summary>How a course ended.</summary>
    public static string Of(CourseEnd end) => end switch
    {
        CourseEnd.Completed => "Completed",
        CourseEnd.CompletedEarly => "Completed early, as agreed",
        CourseEnd.EndedByClient => "Ended early by the client",
        CourseEnd.EndedByService => "Ended early by the service",
        CourseEnd.ReferredOn => "Referred on by agreement",
        CourseEnd.TransferredOut => "Moved to another service",
        _ => "The client died",
    };

    /// <summary>What a relation is like.</summary>
    public static string Of(RelationQuality quality) => quality switch
    {
        RelationQuality.Supportive => "Supportive",
        RelationQuality.Strained => "Strained or distant",
        RelationQuality.Conflict => "In conflict",
        _ => "Lost",
    };

    /// <summary>The attendance code as the stepper and the charts draw it.</summary>
    public static StepKind Kind(AttendanceCode code) => code switch
    {
        AttendanceCode.Attended => StepKind.Attended,
        AttendanceCode.AttendedLate => StepKind.AttendedLate,
        AttendanceCode.ArrivedNotSeen => StepKind.ArrivedNotSeen,
        AttendanceCode.DidNotAttend => StepKind.DidNotAttend,
        AttendanceCode.CancelledByClient => StepKind.CancelledByClient,
        _ => StepKind.CancelledByService,
    };

    /// <summary>The tone of a session's tag.</summary>
    public static Tone Tone(AttendanceCode code) => code.CountsAsAttended() ? Shared.Tone.Good : code.IsCancellation() ? Shared.Tone.Neutral : Shared.Tone.Watch;

    /// <summary>With a capital first letter.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>"1 session", "3 sessions".</summary>
    public static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
