using IptCloud.Domain.Contacts;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Sessions;
using IptCloud.Domain.Time;
using IptCloud.Host.Demo.Texts;

namespace IptCloud.Host.Demo.Play;

/// <summary>Who comes and who does not, and what is done about it.</summary>
internal static class Attending
{
    public static IEnumerable<Act> Of(Scene x)
    {
        foreach (var t in x.State.Sessions)
        {
            if (t.IsOpen && x.IsActive && Attendance(x, t) is { } act) yield return act;
            if ((t.FollowUp is { Outcome: null } || t is { RebookRequested: true, FollowUp: not null }) && !(x.IsKey(t) && x.Fate.Loose == Loose.FollowUp)) yield return FollowUp(x, t);
            if (t is { WasAttended: true, Number: 4 or 8 or 12 } && x.IsActive && x.Dice.Happens(0.6, $"{t.Id} calls")) yield return Call(x, t);
        }
    }

    private static Act? Attendance(Scene x, Session t)
    {
        if (x.IsKey(t) && x.Fate.Loose == Loose.Attendance) return null;
        var code = CodeOf(x, t);
        var at = code switch
        {
            AttendanceCode.CancelledByClient => x.Working(t.Time.StartsAt - x.Dice.Minutes(120, 4300, $"{t.Id} notice"), $"{t.Id} notice"),
            AttendanceCode.CancelledByService => t.Time.StartsAt - x.Dice.Minutes(90, 1500, $"{t.Id} notice"),
            _ => t.EndsAt + x.Dice.Minutes(1, 9, $"{t.Id} recorded"),
        };
        // A call on the next working morning is too late for a session before it.
        if (code.IsCancellation() && at >= t.Time.StartsAt) at = t.Time.StartsAt.AddMinutes(-25);
        var reason = code switch
        {
            AttendanceCode.CancelledByClient => x.Dice.Pick(Phrases.Cancelled, $"{t.Id} reason"),
            AttendanceCode.CancelledByService => "Therapist unwell",
            AttendanceCode.DidNotAttend => x.Dice.Pick(Phrases.Missed, $"{t.Id} reason"),
            _ => "",
        };
        return Act.Of(at, x.Therapist, $"attend/{t.Id}", new RecordAttendance(t.Id, code, reason, null));
    }

    /// <summary>Rates as published: with the steady ones, one session in eleven is missed (domain.md §6.2), and about as many are cancelled.</summary>
    private static AttendanceCode CodeOf(Scene x, Session t)
    {
        if (x.IsKey(t) && x.Fate.Loose == Loose.FollowUp) return AttendanceCode.DidNotAttend;
        if (x is { IsOver: true, Fate.End: CourseEnd.EndedByClient }) return AttendanceCode.DidNotAttend;
        var roll = x.Dice.Roll($"{t.Id} comes");
        if (x.Fate.Steady || x.IsOver) return roll < 0.06 ? AttendanceCode.AttendedLate : AttendanceCode.Attended;
        return roll switch
        {
            < 0.11 => AttendanceCode.DidNotAttend,
            < 0.165 => AttendanceCode.CancelledByClient,
            < 0.19 => AttendanceCode.CancelledByService,
            < 0.196 => AttendanceCode.ArrivedNotSeen,
            < 0.255 => AttendanceCode.AttendedLate,
            _ => AttendanceCode.Attended,
        };
    }

    /// <summary>A word by telephone, some days after a session.</summary>
    private static Act Call(Scene x, Session t)
    {
        var at = x.Working(t.EndsAt + x.Dice.Minutes(2880, 4300, $"{t.Id} call"), $"{t.Id} call");
        return Act.Of(at, x.Therapist, $"call/{t.Id}",
            new RecordContact(TypedId.Derive<ContactId>(t.Id.Value, "call"), ContactParty.Client, ContactWay.Telephone, LocalTime.ToLocal(at, x.State.ClinicZone), x.Dice.Pick(Phrases.Calls, $"{t.Id} call")));
    }

    private static Act FollowUp(Scene x, Session t)
    {
        var reached = t.RebookRequested || x.Dice.Happens(0.82, $"{t.Id} reached");
        var at = x.Working(t.EndsAt + x.Dice.Minutes(100, 1380, $"{t.Id} follow-up"), $"{t.Id} follow-up");
        return Act.Of(at, x.Therapist, $"follow-up/{t.Id}{(t.RebookRequested ? "/rebook" : "")}",
            new CloseFollowUp(t.Id, reached ? FollowUpOutcome.Reached : FollowUpOutcome.NotReached, reached ? x.Dice.Pick(Phrases.FollowUps, $"{t.Id} follow-up") : Phrases.NotReached));
    }
}
