using IptCloud.Domain.Courses;

namespace IptCloud.Domain.Sessions;

/// <summary>Every refusal about sessions and their notes.</summary>
public static class SessionRefusals
{
    /// <summary>No such session.</summary>
    public static Refusal Unknown { get; } = new("session.unknown", "", "This course has no such session.");

    /// <summary>The series is empty or too long.</summary>
    public static Refusal BeyondContract(int planned, int possible) => new("session.beyond-contract", "count",
        possible <= 0 ? $"All {planned} agreed sessions are booked or held. More sessions need a new contract." : $"The contract leaves room for {possible} more of {planned} sessions. Book fewer, or agree a new contract.");

    /// <summary>Nothing to book.</summary>
    public static Refusal NoSessions { get; } = new("session.none", "count", "Book at least one session.");

    /// <summary>An id that names another session already.</summary>
    public static Refusal IdTaken { get; } = new("session.id-taken", "", "One of these sessions is booked already. Open the booking form again.");

    /// <summary>In the past.</summary>
    public static Refusal InPast { get; } = new("session.in-past", "date", "Choose a time that has not passed.");

    /// <summary>Too far away.</summary>
    public static Refusal TooFar { get; } = new("session.too-far", "date", "Choose a date within the next two years.");

    /// <summary>The therapist has something else then.</summary>
    public static Refusal SlotTaken { get; } = new("session.slot-taken", "time", "The therapist already has a session at this time. Choose another time.");

    /// <summary>The therapist has something else then; of a series it says which session it is. Whose the other one is, is nobody's business.</summary>
    public static Refusal SlotTakenAt(DateTime local) => SlotTaken with { Text = $"The session on {Words.Of(local)} clashes: the therapist already has one at that time. Choose another time." };

    /// <summary>Moved meanwhile.</summary>
    public static Refusal Moved(DateTime now) => new("session.moved", "date", $"This session was moved meanwhile to {Words.Of(now)}. Check the time and try again.", Words.Of(now));

    /// <summary>Recorded already.</summary>
    public static Refusal AlreadyRecorded(string as_) => new("session.already-recorded", "code", $"Attendance was recorded meanwhile as “{as_}”. Check it before changing it.", as_);

    /// <summary>The recorded session does not move.</summary>
    public static Refusal NotOpen { get; } = new("session.not-open", "", "Attendance of this session is recorded; it cannot be moved any more.");

    /// <summary>Too early.</summary>
    public static Refusal NotYet { get; } = new("session.not-yet", "code", "This session has not begun. Only a cancellation can be recorded before.");

    /// <summary>Not today.</summary>
    public static Refusal ArrivesToday { get; } = new("session.arrives-today", "", "This session is on a later day. An arrival is noted when the client comes.");

    /// <summary>The note is signed.</summary>
    public static Refusal NoteFixed { get; } = new("session.note-fixed", "code", "The note of this session is signed, so its attendance stands. Add an amendment to the note instead.");

    /// <summary>Attendance comes first.</summary>
    public static Refusal AttendanceFirst { get; } = new("note.attendance-first", "code", "Record what became of the session before signing its note.");

    /// <summary>Someone signed first.</summary>
    public static Refusal AlreadySigned(string current) => new("note.already-signed", "text", "This note was signed meanwhile. The signed text stands; add yours as an amendment. Both are shown.", current);

    /// <summary>Nothing to amend.</summary>
    public static Refusal NotSigned { get; } = new("note.not-signed", "text", "This note is not signed yet. Edit the note itself.");

    /// <summary>A strategy is required.</summary>
    public static Refusal StrategyMissing { get; } = new("note.strategy-missing", "strategies", "Choose at least one strategy worked on in this session.");

    /// <summary>An unknown code.</summary>
    public static Refusal UnknownCode { get; } = new("note.unknown-code", "strategies", "Choose strategies and techniques from the list.");

    /// <summary>No follow-up is open.</summary>
    public static Refusal NoFollowUp { get; } = new("follow-up.none", "", "There is nothing to follow up for this session.");

    /// <summary>What the codes are called.</summary>
    public static string Name(AttendanceCode code) => code switch
    {
        AttendanceCode.CancelledByClient => "Cancelled by or for the client",
        AttendanceCode.DidNotAttend => "Did not attend",
        AttendanceCode.CancelledByService => "Cancelled by the service",
        AttendanceCode.Attended => "Attended",
        AttendanceCode.AttendedLate => "Attended, arrived late",
        _ => "Arrived too late to be seen",
    };
}
