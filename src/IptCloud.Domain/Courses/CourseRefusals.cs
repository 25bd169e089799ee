using System.Collections.Immutable;
using System.Globalization;
using IptCloud.Domain.Protocols;

namespace IptCloud.Domain.Courses;

/// <summary>Every refusal a course can give.</summary>
public static class CourseRefusals
{
    /// <summary>Nobody may learn whether the course exists.</summary>
    public static Refusal NotFound { get; } = new("course.not-found", "", "This course does not exist, or it is not yours to see.");

    /// <summary>The actor's role, clinic or assignment does not allow it.</summary>
    public static Refusal NotAllowed { get; } = new("course.not-allowed", "", "You may not do this for this course. Its therapist or a supervisor of the clinic can.");

    /// <summary>The id is taken.</summary>
    public static Refusal AlreadyReferred { get; } = new("course.already-referred", "", "This course was already referred.");

    /// <summary>One open acute course per client.</summary>
    public static Refusal OpenCourseExists { get; } = new("course.open-course-exists", "client", "This client already has an open course. End it before referring the client again.");

    /// <summary>Not begun.</summary>
    public static Refusal NotStarted { get; } = new("course.not-started", "", "Treatment has not begun. Start the course first.");

    /// <summary>Begun already.</summary>
    public static Refusal AlreadyStarted { get; } = new("course.already-started", "", "This course has already begun.");

    /// <summary>Ended.</summary>
    public static Refusal Closed { get; } = new("course.closed", "", "This course has ended. Notes can still be signed and amended, answers on paper entered, and contacts recorded; nothing else changes.");

    /// <summary>On hold.</summary>
    public static Refusal OnHold { get; } = new("course.on-hold", "", "This course is on hold. Resume it first.");

    /// <summary>Not on hold.</summary>
    public static Refusal NotOnHold { get; } = new("course.not-on-hold", "", "This course is not on hold.");

    /// <summary>Unknown protocol.</summary>
    public static Refusal UnknownProtocol { get; } = new("course.unknown-protocol", "protocol", "Choose one of the protocols in the list.");

    /// <summary>The therapist does not work at the clinic.</summary>
    public static Refusal NotATherapistHere { get; } = new("course.not-a-therapist", "therapist", "Choose a therapist of this clinic.");

    /// <summary>Already with that therapist.</summary>
    public static Refusal SameTherapist { get; } = new("course.same-therapist", "therapist", "This therapist already has the course. Choose another one.");

    /// <summary>The processes of the platform are being replaced, and not all of them could read it yet.</summary>
    public static Refusal NotYetEverywhere { get; } = new("course.not-yet-everywhere", "", "This is new and cannot be saved yet: the platform is being brought up to date. Nothing was changed. Keep what you typed and try again later.");

    /// <summary>A text is missing.</summary>
    public static Refusal Missing(string field, string what) => new("missing", field, $"Enter {what}.");

    /// <summary>A text is too long.</summary>
    public static Refusal TooLong(string field, string what, int most) => new("too-long", field, string.Create(CultureInfo.InvariantCulture, $"Shorten {what} to {most:N0} characters."));

    /// <summary>Tasks of the phase are open.</summary>
    public static Refusal GateClosed(Phase phase, ImmutableArray<PhaseTask> open) =>
        new("phase.gate-closed", "phase", $"The {Words.Of(phase)} phase still has open tasks: {string.Join("; ", open.Select(t => $"{t.Code} {t.Title}"))}. Do them, or waive each with a reason.");

    /// <summary>That phase does not follow.</summary>
    public static Refusal WrongPhase(Phase phase) => new("phase.wrong-phase", "phase", $"The course cannot enter the {Words.Of(phase)} phase from here.");

    /// <summary>Going back from the ending needs a new contract.</summary>
    public static Refusal NeedsContract { get; } = new("phase.needs-contract", "phase", "Going back from the ending needs a new contract. Agree it first.");

    /// <summary>No such task.</summary>
    public static Refusal UnknownTask { get; } = new("task.unknown", "task", "This protocol has no such task.");

    /// <summary>The record does not show it yet.</summary>
    public static Refusal NoEvidence(PhaseTask task) => new("task.no-evidence", "task", task.Evidence switch
    {
        TaskEvidence.Inventory => $"{task.Code} needs at least one person in the inventory.",
        TaskEvidence.Focus => $"{task.Code} is done by choosing the focus.",
        TaskEvidence.Formulation => $"{task.Code} is done when the client has accepted the formulation.",
        _ => $"{task.Code} is done by agreeing the contract.",
    });

    /// <summary>The number of sessions cannot be agreed.</summary>
    public static Refusal SessionsOutOfRange(int least, int most) => new("contract.sessions", "sessions", $"Agree between {least} and {most} sessions.");

    /// <summary>Extending needs a reason.</summary>
    public static Refusal ExtensionNeedsGoals { get; } = new("contract.extension-goals", "goals", "A contract beyond the protocol is a renegotiation: say what the added sessions are for.");

    /// <summary>The review is in the past.</summary>
    public static Refusal ReviewInPast { get; } = new("contract.review-by", "reviewBy", "The review date must lie in the future, within two years.");

    /// <summary>Session length out of range.</summary>
    public static Refusal MinutesOutOfRange { get; } = new("minutes", "minutes", "A session lasts between 15 and 180 minutes.");

    /// <summary>The form showed an older focus, or none.</summary>
    public static Refusal FocusChanged(string current) => new("focus.changed", "reason", "Someone chose a focus meanwhile. Both are shown; yours is not saved yet.", current);

    /// <summary>The form showed an older contract, or none.</summary>
    public static Refusal ContractChanged(string current) => new("contract.changed", "goals", "Someone agreed a contract meanwhile. Both are shown; yours is not saved yet.", current);

    /// <summary>The form showed an older version.</summary>
    public static Refusal FormulationChanged(string current) => new("formulation.changed", "text", "Someone recorded a newer formulation meanwhile. Both are shown; yours is not saved yet.", current);

    /// <summary>An alert is open.</summary>
    public static Refusal AlertOpen { get; } = new("course.alert-open", "", "A risk alert is open. A clinician must close it with an outcome first.");

    /// <summary>Attendance is missing.</summary>
    public static Refusal AttendanceOpen(string sessions) => new("course.attendance-open", "", $"Record attendance first: {sessions}.");

    /// <summary>Notes are missing.</summary>
    public static Refusal NotesOpen(int count) => new("course.notes-open", "", count == 1 ? "One note is not signed yet." : $"{count} notes are not signed yet.");

    /// <summary>Only the ending phase completes.</summary>
    public static Refusal NotInEnding { get; } = new("course.not-in-ending", "end", "A course is completed from its ending phase. Enter it first, or choose another reason.");
}

/// <summary>The words of the enumerations, as sentences use them.</summary>
public static class Words
{
    /// <summary>initial, middle, ending.</summary>
    public static string Of(Phase phase) => phase switch { Phase.Initial => "initial", Phase.Middle => "middle", _ => "ending" };

    /// <summary>Grief, role dispute, …</summary>
    public static string Of(FocusArea area) => area switch
    {
        FocusArea.Grief => "Grief",
        FocusArea.RoleDispute => "Role dispute",
        FocusArea.RoleTransition => "Role transition",
        _ => "Interpersonal deficits",
    };

    /// <summary>A wall-clock time: <c>Tuesday 24 November 2026, 10:00</c>.</summary>
    public static string Of(DateTime local) => local.ToString("dddd d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
}
