namespace IptCloud.Domain.Tests.Courses;

/// <summary>One course from referral to ending, for every protocol that ships, with what goes wrong in a real one. Nothing of a protocol is written here.</summary>
public sealed class WholeCourseTests
{
    private const int Missed = 2, Cancelled = 5, Amended = 7;

    [Theory, MemberData(nameof(Clinic.Protocols), MemberType = typeof(Clinic))]
    public void A_course_runs_from_referral_to_completion(string protocol, int version)
    {
        var c = new CourseDriver(protocol, version).Started().Agreed();
        var plan = c.State.Protocol;
        var total = plan.Sessions.Planned;
        Assert.Equal((CourseStatus.Active, Phase.Initial), (c.State.Status, c.State.Phase));

        var series = c.Book(total);
        List<SessionId> rebooked = [];
        string? waived = null;
        while (c.State.NextSession is { } session)
        {
            if (session.Id == series[Missed]) { MissedByPolicy(c, session.Id); rebooked.Add(BookedAfterLast(c)); continue; }
            if (session.Id == series[Cancelled]) { CancelledInTime(c, session.Id); rebooked.Add(BookedAfterLast(c)); continue; }
            Held(c, session.Id, amended: session.Id == series[Amended]);
            if (c.State.Phase == Phase.Ending || c.State.AttendedCount < c.State.PhasePlan.To) continue;
            if (c.State.Phase == Phase.Initial)
            {
                waived = plan.Phases[0].Required.Last(code => plan.Task(code)!.Evidence == TaskEvidence.None);
                c.Do(new WaiveTask(waived, "Done at the first assessment, see the referral."));
            }

            c.EnterNext();
        }

        c.SettleAllBut();
        c.Do(new CloseCourse(CourseEnd.Completed, "Better, and knows why."));

        Assert.Equal([Phase.Initial, Phase.Middle, Phase.Ending], c.State.Phases.Select(p => p.Phase));
        var held = c.State.Sessions.Where(s => s.WasAttended).ToList();
        Assert.Equal(Enumerable.Range(1, total), held.Select(s => s.Number!.Value));
        foreach (var phase in plan.Phases) Assert.Equal(phase.To - phase.From + 1, held.Count(s => s.HeldIn == phase.Phase));
        Assert.Equal(AttendanceCode.DidNotAttend, c.Session(series[Missed]).Attendance);
        Assert.True(c.Session(series[Missed]).ByPolicy);
        Assert.Null(c.Session(series[Missed]).Number);
        Assert.Equal((AttendanceCode.CancelledByClient, false), (c.Session(series[Cancelled]).Attendance, c.Session(series[Cancelled]).Late));
        Assert.Equal([total - 1, total], rebooked.Select(id => c.Session(id).Number!.Value));
        var note = c.Session(series[Amended]).Note!;
        Assert.Equal("We talked about the week.", note.Text);
        Assert.Equal("And about Sunday.", Assert.Single(note.Amendments).Text);
        Assert.NotNull(Assert.Single(c.State.Tasks, t => t.WaivedBecause is not null && t.Code == waived && t.By == Clinic.TherapistId));
        Assert.DoesNotContain(c.Journal, e => e.Event is GateOverdue);

        MessagesWereRight(c, series[Cancelled]);
        Assert.Empty(c.Due);
        Assert.Equal(new PairedScore(16, 9), c.State.Closing!.First);
        Assert.Equal(new PairedScore(9, 7), c.State.Closing.Last);
        Assert.True(c.State.Closing.Outcome is { WasCase: true, Recovered: true, ReliablyImproved: true, ReliablyRecovered: true, ReliablyDeteriorated: false });
        Assert.Equal(total, c.State.Scored("phq-9").Count());
    }

    private static void Held(CourseDriver c, SessionId id, bool amended)
    {
        c.WakeUntil(c.Session(id).Time.ReminderAt!.Value);
        foreach (var measure in c.State.Protocol.Measures)
            c.FillIn(c.FormOf(id, measure.Instrument), c.State.AttendedCount + 1 == c.State.PlannedSessions ? measure.Instrument == "phq-9" ? 9 : 7 : measure.Instrument == "phq-9" ? 16 : 9);
        c.WakeUntil(c.Session(id).Time.StartsAt);
        c.Do(new NoteArrival(id));
        c.Attend(id);
        c.Do(c.NoteFor(id));
        foreach (var form in c.State.Measures.Where(m => m.Session == id)) c.Do(new ReadResult(form.Id));
        if (amended) c.Do(new AmendNote(id, "And about Sunday.", "Left out by mistake."));
        foreach (var open in c.State.Homework.Where(h => h.IsOpen)) c.Do(new AnswerHomework(open.Id, HomeworkAnswer.Partly, ""));
        if (c.State.NextSession is not null) c.SetHomework();
    }

    /// <summary>Nobody says anything; policy records it; the client asks for another time; the therapist follows it up.</summary>
    private static void MissedByPolicy(CourseDriver c, SessionId id)
    {
        c.WakeUntil(c.Session(id).Time.CheckAt);
        Assert.True(c.Session(id) is { FlaggedAt: not null, Attendance: null });
        c.WakeFor(TimeSpan.FromDays(2));
        c.Do(new RequestRebook(id), Clinic.Client);
        c.Do(new CloseFollowUp(id, FollowUpOutcome.Reached, "Ill; wants the time after the last one."));
        foreach (var open in c.State.Homework.Where(h => h.IsOpen)) c.Do(new WithdrawHomework(open.Id));
        Assert.True(c.Session(id) is { FollowUp.Outcome: FollowUpOutcome.Reached, RebookRequested: false });
    }

    private static void CancelledInTime(CourseDriver c, SessionId id)
    {
        c.WakeUntil(c.Session(id).Time.StartsAt.AddDays(-2));
        c.Record(id, AttendanceCode.CancelledByClient);
    }

    private static SessionId BookedAfterLast(CourseDriver c)
    {
        var last = c.State.Sessions[^1].Time.Local;
        return c.Book(inDays: DateOnly.FromDateTime(last).DayNumber - c.Today.DayNumber + 7)[0];
    }

    private static void MessagesWereRight(CourseDriver c, SessionId cancelled)
    {
        var sent = c.ToClient.ToList();
        foreach (var session in c.State.Sessions)
        {
            var reminders = sent.Where(m => m.Intents.Any(i => i.Purpose == "reminder" && i.Subject == session.Id.Value)).ToList();
            if (session.Id == cancelled) { Assert.Empty(reminders); continue; }
            var reminder = Assert.Single(reminders);
            Assert.Equal(session.Time.Local.AddDays(-1), LocalTime.ToLocal(reminder.NotBefore, c.Client.Zone));
            Assert.Equal((MessageTemplate.Reminder, session.Time.Local), (reminder.Template, reminder.SessionLocal));
            Assert.Contains(reminder.Intents, i => i.Purpose == "measures" && i.Subject == session.Id.Value);
        }

        foreach (var task in c.State.Homework)
        {
            var prompt = Assert.Single(sent, m => m.Intents.Any(i => i.Purpose == "homework" && i.Subject == task.Id.Value));
            Assert.InRange(prompt.NotBefore, task.SetAt.AddDays(1), task.ClosesAt);
            Assert.DoesNotContain(c.State.Sessions, s => s.WasAttended && s.EndsAt <= prompt.NotBefore && prompt.NotBefore < s.EndsAt.AddDays(1));
        }

        Assert.Single(sent, m => m.Template == MessageTemplate.Rebook);
        Assert.Empty(c.ToStaff);
        Invariants.Messages(c);
    }
}
