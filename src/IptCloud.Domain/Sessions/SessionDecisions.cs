using IptCloud.Domain.Courses;
using IptCloud.Domain.Time;

namespace IptCloud.Domain.Sessions;

/// <summary>Decisions about booking, moving and recording sessions.</summary>
internal static class SessionDecisions
{
    public static Decision Book(CourseState s, BookSeries x, DecisionContext c)
    {
        if (x.Sessions.IsDefaultOrEmpty) return SessionRefusals.NoSessions;
        var room = s.PlannedSessions - s.AttendedCount - s.Sessions.Count(t => t.IsOpen);
        var every = s.Protocol.Sessions.EveryDays;
        if (x.Sessions.All(id => s.Session(id) is not null)) return Decision.Accept();
        if (Texts.Any(
            x.Sessions.Any(id => s.Session(id) is not null) || x.Sessions.Distinct().Count() < x.Sessions.Length ? SessionRefusals.IdTaken : null,
            x.Sessions.Length > room ? SessionRefusals.BeyondContract(s.PlannedSessions, room) : null,
            x.Minutes is < 15 or > 180 ? CourseRefusals.MinutesOutOfRange : null,
            TimeRefusal(x.FirstLocal, s.ClinicZone, c)) is { } refused) return refused;
        var times = x.Sessions.Select((id, i) => SessionTimes.At(id, x.FirstLocal.AddDays(i * every), x.Minutes, s.ClinicZone, c));
        return new SessionsBooked(x.Series, s.ClinicZone, x.Minutes, [.. times]);
    }

    public static Decision Move(CourseState s, MoveSession x, DecisionContext c)
    {
        if (s.Session(x.Session) is not { } session) return SessionRefusals.Unknown;
        if (!session.IsOpen) return SessionRefusals.NotOpen;
        if (session.Time.Local != x.SeenLocal) return session.Time.Local == x.NewLocal ? Decision.Accept() : SessionRefusals.Moved(session.Time.Local);
        if (x.NewLocal == x.SeenLocal) return Decision.Accept();
        if (TimeRefusal(x.NewLocal, session.Zone, c) is { } refused) return refused;
        var by = x.NewLocal - x.SeenLocal;
        var moved = s.Sessions.Where(t => t.Id == x.Session
            || (x.Scope == MoveScope.ThisAndFollowing && t.Series == session.Series && t.IsOpen && t.Time.Local > session.Time.Local));
        return new SessionsMoved(x.Scope, [.. moved.Select(t => SessionTimes.At(t.Id, t.Time.Local + by, t.Minutes, t.Zone, c))]);
    }

    public static Decision Arrive(CourseState s, NoteArrival x, DecisionContext c) =>
        s.Session(x.Session) is not { } session ? SessionRefusals.Unknown
        : session.ArrivedAt is not null || !session.IsOpen ? Decision.Accept()
        : LocalTime.DateOf(c.Now, session.Zone) < DateOnly.FromDateTime(session.Time.Local) ? SessionRefusals.ArrivesToday
        : new ClientArrived(x.Session);

    public static Decision Record(CourseState s, RecordAttendance x, DecisionContext c)
    {
        if (s.Session(x.Session) is not { } session) return SessionRefusals.Unknown;
        if (!Enum.IsDefined(x.Code)) return CourseRefusals.Missing("code", "what became of the session");
        if (session.Attendance == x.Code) return Decision.Accept();
        if (session.Attendance is { } recorded && recorded != x.Seen) return SessionRefusals.AlreadyRecorded(SessionRefusals.Name(recorded));
        if (session.Note is not null) return SessionRefusals.NoteFixed;
        if (!x.Code.IsCancellation() && c.Now < session.Time.StartsAt) return SessionRefusals.NotYet;
        if (Texts.Optional(x.Reason, "reason", "the reason", Texts.Line) is { } refused) return refused;
        return Recorded(s, session, x.Code, Texts.Tidy(x.Reason), false, c);
    }

    /// <summary>The event of a recorded attendance, by a person or by policy, with what follows from it.</summary>
    public static AttendanceRecorded Recorded(CourseState s, Session session, AttendanceCode code, string reason, bool byPolicy, DecisionContext c)
    {
        var missed = code == AttendanceCode.DidNotAttend;
        var late = code == AttendanceCode.CancelledByClient && c.Now > session.Time.StartsAt.AddHours(-c.Policy.LateCancelHours);
        var attended = s.AttendedCount + (session.WasAttended ? 0 : 1);
        var lastOfPhase = code.CountsAsAttended() && s.GateOverdueAt is null && attended >= s.PhasePlan.To;
        return new(session.Id, code, reason, late, byPolicy,
            missed ? c.Quiet.NextAllowed(c.Now, c.Client.Zone) : null,
            missed ? c.Now.AddHours(c.Policy.FollowUpHours) : null,
            lastOfPhase ? Later(c.Now, session.EndsAt.AddHours(c.Policy.GateGraceHours)) : null);
    }

    public static Decision FollowUp(CourseState s, CloseFollowUp x)
    {
        if (s.Session(x.Session) is not { } session) return SessionRefusals.Unknown;
        if (session.FollowUp is not { Outcome: null } && !session.RebookRequested) return SessionRefusals.NoFollowUp;
        return Texts.Any(
            Enum.IsDefined(x.Outcome) ? null : CourseRefusals.Missing("outcome", "what came of it"),
            Texts.Required(x.Text, "text", "what was done", Texts.Paragraph)) ?? new FollowUpClosed(x.Session, x.Outcome, Texts.Tidy(x.Text));
    }

    public static Decision Rebook(CourseState s, RequestRebook x) =>
        s.Session(x.Session) is not { } session ? SessionRefusals.Unknown
        : session.RebookRequested ? Decision.Accept()
        : new RebookRequested(x.Session);

    private static Refusal? TimeRefusal(DateTime local, string zone, DecisionContext c)
    {
        if (local.Year < 2000) return SessionRefusals.InPast; // an empty field, too: the edges of the calendar have no instant
        if (local.Year > 9000) return SessionRefusals.TooFar;
        var starts = LocalTime.ToInstant(local, zone);
        return starts < c.Now ? SessionRefusals.InPast : starts > c.Now.AddDays(730) ? SessionRefusals.TooFar : null;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
