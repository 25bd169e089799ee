namespace IptCloud.Domain.Tests.Courses;

/// <summary>One step of a random course: what kind, two choices, and how many hours pass first.</summary>
public readonly record struct Step(int Kind, int A, int B, int Hours);

/// <summary>A course in which people do sensible things in no sensible order, in any zone, with wakes in time, late, or not at all.</summary>
public sealed class RandomCourse
{
    private static readonly string[] Zones = [Clinic.London, Clinic.NewYork, "Pacific/Auckland", "Asia/Kolkata"];
    private readonly CourseDriver c;

    public RandomCourse(int zones, int perWeek)
    {
        c = new CourseDriver(zones % 2 == 0 ? "ipt-16" : "ipt-16-uk", zone: Zones[zones % 4], clientZone: Zones[zones / 4 % 4])
        {
            Policy = NetworkPolicy.Default with { MessagesPerWeek = perWeek, UnansweredLimit = 1 + (zones % 5), MissedAfterHours = zones % 3 == 0 ? null : 24 },
        };
        c.Started();
    }

    public CourseDriver Course => c;

    /// <summary>Commands that a person may give twice without knowing: the second time must change nothing.</summary>
    private static bool IsIdempotent(CourseCommand x) => x is not (AgreeContract or ChooseFocus or AmendNote or WakeCourse or RequestRebook or AnswerItem { Item: 9 });

    public void Take(Step step)
    {
        Pass(step);
        var command = Command(step);
        if (command is null) return;
        var actor = command switch { WakeCourse => Clinic.Worker, RequestRebook or AnswerItem or SubmitMeasure => Clinic.Client, _ => Actor.Of(c.State.Therapist, Roles.Therapist, Clinic.Here) };
        var before = c.State;
        var decision = c.Execute(command, actor);
        if (!decision.IsAccepted) return;
        SignedTextStands(before, c.State);
        AlertsAreTold(decision);
        if (IsIdempotent(command)) Assert.Empty(c.Try(command, actor).Events);
    }

    private void Pass(Step step)
    {
        var until = c.Now.AddHours(step.Hours);
        if (step.B % 3 != 0) c.WakeUntil(until);
        c.Now = until;
    }

    private CourseCommand? Command(Step step)
    {
        var (a, b) = (step.A, step.B);
        var s = c.State;
        var session = s.Sessions is [] ? null : s.Sessions[a % s.Sessions.Length];
        var form = s.Measures is [] ? null : s.Measures[a % s.Measures.Length];
        var task = s.Homework is [] ? null : s.Homework[a % s.Homework.Length];
        var alert = s.Alerts is [] ? null : s.Alerts[a % s.Alerts.Length];
        var local = c.LocalNow.Date.AddDays((a % 14) + 1).AddHours(7 + (b % 13));
        return step.Kind switch
        {
            0 or 1 => new BookSeries(c.New<SeriesId>(), [.. Enumerable.Range(0, 1 + (b % 4)).Select(_ => c.New<SessionId>())], local, 50),
            2 when session is not null => new MoveSession(session.Id, session.Time.Local, b % 4 == 0 ? session.Time.Local.AddDays((a % 3) - 1) : local, (MoveScope)(b % 2)),
            3 or 4 when session is not null => new RecordAttendance(session.Id, (AttendanceCode)(2 + (b % 6)), "", session.Attendance),
            5 when session is not null => c.NoteFor(session.Id),
            6 when session is not null => new AmendNote(session.Id, "More.", "Left out."),
            7 => s.Status == CourseStatus.OnHold ? new ResumeCourse() : b % 3 == 0 ? new HoldCourse("Away") : null,
            8 or 9 when form is not null => new AnswerItem(form.Id, 1 + (b % 9), b % 4),
            10 when form is not null => new SubmitMeasure(form.Id),
            11 when alert is not null => alert.AcknowledgedAt is null ? new AcknowledgeAlert(alert.Id) : new CloseAlert(alert.Id, (AlertOutcome)(b % 4), "Seen."),
            12 => new SetHomework(c.New<HomeworkId>(), null, "A", "B", c.Today.AddDays(b % 10), true),
            13 when task is not null => b % 2 == 0 ? new AnswerHomework(task.Id, (HomeworkAnswer)(b % 3), "") : new WithdrawHomework(task.Id),
            14 => c.ContractFor(12 + (b % 12)),
            15 => new EnterPhase((Phase)(b % 3)),
            16 => s.Protocol.Tasks[a % s.Protocol.Tasks.Length].Code is var code && b % 2 == 0 ? new CompleteTask(code) : new WaiveTask(code, "Not needed."),
            24 => s.OpenTasks(s.Phase) is [var open, ..] ? new WaiveTask(open, "Not needed.") : new EnterPhase(s.Phase + 1),
            27 or 28 when s.Sessions.FirstOrDefault(t => t.IsOpen && t.Time.StartsAt <= c.Now) is { } held => new RecordAttendance(held.Id, AttendanceCode.Attended, "", null),
            25 => new RemovePerson(CourseSteps.Partner.Id),
            29 => new RecordContact(c.New<ContactId>(), (ContactParty)(a % 3), (ContactWay)(b % 4), c.LocalNow.AddHours(-a), "Called."),
            26 when form is not null => new ReadResult(form.Id),
            17 => b % 3 == 0 ? new ChooseFocus((FocusArea)(a % 4), "Why.") : new RecordFormulation(s.Formulations.Length, $"Version {a}.", b % 2 == 0),
            18 => new TransferCourse(b % 2 == 0 ? Clinic.ColleagueId : Clinic.TherapistId, "Leave"),
            19 when session is not null => b % 2 == 0 ? new RequestRebook(session.Id) : new CloseFollowUp(session.Id, FollowUpOutcome.Reached, "Called."),
            20 => new EnterMeasure(c.New<RequestId>(), "phq-9", 1, session?.Id, CourseSteps.Answers("phq-9", b % 20).SetItem(9, a % 4)),
            21 => new RecordPerson(CourseSteps.Partner with { RingNow = 1 + (b % 4) }, s.People.FirstOrDefault()),
            22 when a % 20 == 0 => new CloseCourse((CourseEnd)(b % 7), "The end."),
            23 when session is not null => new NoteArrival(session.Id),
            _ => new WakeCourse([]),
        };
    }

    private static void SignedTextStands(CourseState before, CourseState after)
    {
        foreach (var was in before.Sessions.Where(t => t.Note is not null))
        {
            var now = after.Session(was.Id)!.Note!;
            Assert.Equal(was.Note! with { Amendments = default }, now with { Amendments = default });
            Assert.Equal(was.Note.Amendments, now.Amendments.Take(was.Note.Amendments.Length));
        }
    }

    private void AlertsAreTold(Decision decision)
    {
        foreach (var raised in decision.Events.OfType<AlertRaised>())
            Assert.Equal(new[] { c.State.Therapist, Clinic.DutyLeadId }, decision.Events.OfType<MessageQueued>().Where(m => m.Intents[0].Subject == raised.Alert.Value).Select(m => m.Recipient!.Value));
    }
}
