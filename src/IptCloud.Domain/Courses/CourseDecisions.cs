using IptCloud.Domain.Billing;
using IptCloud.Domain.Measures;
using IptCloud.Domain.Networks;
using IptCloud.Domain.Protocols;
using IptCloud.Domain.Risk;
using IptCloud.Domain.Sessions;

namespace IptCloud.Domain.Courses;

/// <summary>Decisions about the course as a whole: referral, start, hold, transfer, end.</summary>
internal static class CourseDecisions
{
    public static Decision Refer(CourseState s, ReferCourse x, DecisionContext c)
    {
        if (s.Status != CourseStatus.None) return CourseRefusals.AlreadyReferred;
        if (c.Actor.OnBehalfOf is not null || !AccessTable.Allows(Act.ReferClient, c.Actor, new(x.Clinic))) return CourseRefusals.NotAllowed;
        if (c.Clinic.IsRestricted) return BillingRefusals.Restricted;
        if (Texts.Any(
            Catalog.Current.Protocol(x.ProtocolId, x.ProtocolVersion) is null ? CourseRefusals.UnknownProtocol : null,
            c.Clinic.Clinic == x.Clinic && c.Clinic.Members.Contains(x.Therapist) ? null : CourseRefusals.NotATherapistHere,
            Texts.Required(x.Reason, "reason", "the reason for referral", Texts.Paragraph)) is { } refused) return refused;
        return new CourseReferred(x.Client, x.Therapist, x.Clinic, c.Clinic.Zone, x.ProtocolId, x.ProtocolVersion, Texts.Tidy(x.Reason));
    }

    public static Decision Start(CourseState s) => s.Status == CourseStatus.Referred ? new CourseStarted() : CourseRefusals.AlreadyStarted;

    public static Decision Hold(HoldCourse x) =>
        Texts.Any(Texts.Required(x.Reason, "reason", "why the course is put on hold", Texts.Line)) ?? new CourseHeld(Texts.Tidy(x.Reason));

    public static Decision Resume(CourseState s) => s.Status == CourseStatus.OnHold ? new CourseResumed() : CourseRefusals.NotOnHold;

    public static Decision Transfer(CourseState s, TransferCourse x, DecisionContext c) => Texts.Any(
        x.To == s.Therapist ? CourseRefusals.SameTherapist : c.Clinic.Members.Contains(x.To) ? null : CourseRefusals.NotATherapistHere,
        Texts.Required(x.Reason, "reason", "the reason for the transfer", Texts.Line))
        ?? Decision.Accept([new CourseTransferred(s.Therapist, x.To, Texts.Tidy(x.Reason)), .. RiskDecisions.Tell(s, x.To, s.Alerts.Where(a => a.IsOpen), c)]);

    public static Decision Close(CourseState s, CloseCourse x, DecisionContext c)
    {
        var unrecorded = s.Sessions.Where(t => t.IsOpen && t.Time.StartsAt <= c.Now).ToList();
        var unsigned = s.Sessions.Count(t => t.WasAttended && t.Note is null);
        var open = s.OpenTasks(Phase.Ending);
        if (Texts.Any(
            Enum.IsDefined(x.End) ? null : CourseRefusals.Missing("end", "how the course ended"),
            Texts.Required(x.Review, "review", x.End == CourseEnd.Completed ? "the review of the course" : "what led to the end", Texts.Note),
            s.HasOpenAlert && x.End != CourseEnd.Died ? CourseRefusals.AlertOpen : null,
            unrecorded.Count > 0 ? CourseRefusals.AttendanceOpen(string.Join("; ", unrecorded.Select(t => Words.Of(t.Time.Local)))) : null,
            x.End != CourseEnd.Completed ? null : s.Phase != Phase.Ending || s.Status != CourseStatus.Active ? CourseRefusals.NotInEnding : null,
            x.End == CourseEnd.Completed && unsigned > 0 ? CourseRefusals.NotesOpen(unsigned) : null,
            x.End == CourseEnd.Completed && s.Phase == Phase.Ending && open.Length > 0 ? CourseRefusals.GateClosed(Phase.Ending, [.. open.Select(code => s.Protocol.Task(code)!)]) : null) is { } refused) return refused;

        List<CourseEvent> events = [.. s.Sessions.Where(t => t.IsOpen).Select(t => new AttendanceRecorded(t.Id, AttendanceCode.CancelledByService, "The course ended.", false, false, null, null, null))];
        var (first, last) = (Pair(s, first: true), Pair(s, first: false));
        var twice = s.Scored("phq-9").Skip(1).Any() && s.Scored("gad-7").Skip(1).Any(); // one pair compared with itself is no outcome
        var outcome = twice && first is { } f && last is { } l ? OutcomeRules.Evaluate(f, l, Instrument(s, "phq-9"), Instrument(s, "gad-7")) : null;
        events.Add(new CourseClosed(x.End, Texts.Tidy(x.Review), first, last, outcome));
        return new([.. events], []);
    }

    /// <summary>The first, or the last, complete total of each of the two measures; null unless both exist.</summary>
    private static PairedScore? Pair(CourseState s, bool first)
    {
        int? Total(string instrument) => (first ? s.Scored(instrument).FirstOrDefault() : s.Scored(instrument).LastOrDefault())?.Score?.Total;
        return Total("phq-9") is { } phq && Total("gad-7") is { } gad ? new PairedScore(phq, gad) : null;
    }

    private static Instrument Instrument(CourseState s, string id) =>
        Catalog.Current.Instrument(id, s.Protocol.Measures.FirstOrDefault(m => m.Instrument == id)?.Version ?? 1)!;
}
