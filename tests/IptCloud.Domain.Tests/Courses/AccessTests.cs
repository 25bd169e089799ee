namespace IptCloud.Domain.Tests.Courses;

/// <summary>Who may do what: every kind of actor against every command there is.</summary>
public sealed class AccessTests
{
    private static readonly (string Name, Actor Actor)[] Everyone =
    [
        ("therapist", Clinic.Therapist), ("colleague", Clinic.Colleague), ("supervisor", Clinic.Supervisor), ("duty lead", Clinic.DutyLead), ("admin", Clinic.Admin),
        ("ops", Clinic.Ops), ("stranger", Clinic.Stranger), ("moved away", Clinic.MovedAway), ("client", Clinic.Client), ("worker", Clinic.Worker),
    ];

    private const string Own = "therapist", OwnOrSupervisor = "therapist, supervisor", ClientOrOwn = "therapist, client", Readers = "therapist, supervisor, duty lead";

    /// <summary>The table of role × action. A command without a row fails the test below.</summary>
    private static readonly (CourseCommand Command, string Allowed)[] Table =
    [
        (new ReferCourse(Clinic.Sam, Clinic.TherapistId, Clinic.Here, "ipt-16", 1, "x"), "therapist, colleague, supervisor, duty lead, admin"),
        (new StartCourse(), Own),
        (new AgreeContract(16, 50, default, "x", "x"), Own),
        (new ChooseFocus(FocusArea.Grief, "x"), Own),
        (new RecordFormulation(0, "x", true), Own),
        (new CompleteTask("I1"), Own),
        (new WaiveTask("I1", "x"), Own),
        (new EnterPhase(Phase.Middle), Own),
        (new HoldCourse("x"), OwnOrSupervisor),
        (new ResumeCourse(), OwnOrSupervisor),
        (new TransferCourse(Clinic.ColleagueId, "x"), "therapist, supervisor, admin"),
        (new CloseCourse(CourseEnd.Died, "x"), Own),
        (new BookSeries(default, [], default, 50), Own),
        (new MoveSession(default, default, default, MoveScope.This), Own),
        (new NoteArrival(default), Own),
        (new RecordAttendance(default, AttendanceCode.Attended, "", null), Own),
        (new SignNote(default, "x", [], []), Own),
        (new AmendNote(default, "x", "x"), Own),
        (new CloseFollowUp(default, FollowUpOutcome.Reached, "x"), OwnOrSupervisor),
        (new RequestRebook(default), "client"),
        (new RecordPerson(CourseSteps.Partner, null), Own),
        (new RemovePerson(default), Own),
        (new SetHomework(default, null, "x", "x", default, false), Own),
        (new AnswerHomework(default, HomeworkAnswer.Did, ""), ClientOrOwn),
        (new WithdrawHomework(default), Own),
        (new AnswerItem(default, 1, 1), ClientOrOwn),
        (new SubmitMeasure(default), ClientOrOwn),
        (new EnterMeasure(default, "phq-9", 1, null, ImmutableSortedDictionary<int, int?>.Empty), Own),
        (new ReadResult(default), Own),
        (new AcknowledgeAlert(default), Readers),
        (new CloseAlert(default, AlertOutcome.Emergency, "x"), Readers),
        (new WakeCourse([]), "worker"),
    ];

    [Fact]
    public void Every_command_has_a_row_and_every_row_holds()
    {
        var commands = typeof(CourseCommand).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(CourseCommand)) && !t.IsAbstract).ToHashSet();
        Assert.Empty(commands.Except(Table.Select(row => row.Command.GetType())).Select(t => $"{t.Name} has no row in the table of role × action."));
        var actual = Table.Select(row => $"{row.Command.GetType().Name}: {string.Join(", ", Everyone.Where(who => May(row.Command, who.Actor)).Select(who => who.Name))}");
        Assert.Equal(Table.Select(row => $"{row.Command.GetType().Name}: {row.Allowed}"), actual);
    }

    [Fact]
    public void Who_may_not_even_read_learns_nothing_and_who_may_read_is_told_why()
    {
        var c = new CourseDriver().Started();
        foreach (var (command, _) in Table.Where(row => row.Command is not ReferCourse))
            foreach (var (_, actor) in Everyone.Where(who => !May(command, who.Actor)))
                Assert.Equal(CourseAccess.MayRead(c.State, actor, c.ClinicFacts) ? "course.not-allowed" : "course.not-found", c.Refused(command, actor).Code);
    }

    [Fact]
    public void The_therapist_the_clinics_supervisors_and_its_duty_lead_may_read()
    {
        var c = new CourseDriver().Started();
        Assert.Equal(Readers, string.Join(", ", Everyone.Where(who => CourseAccess.MayRead(c.State, who.Actor, c.ClinicFacts)).Select(who => who.Name)));
    }

    [Fact]
    public void The_duty_lead_of_another_clinic_is_nobody_here()
    {
        var c = new CourseDriver().Started();
        Assert.False(CourseAccess.MayRead(c.State, Clinic.DutyLead, c.ClinicFacts with { Clinic = Clinic.Elsewhere }));
    }

    [Fact]
    public void A_role_in_another_clinic_is_worth_nothing_here() =>
        Assert.DoesNotContain(Table, row => May(row.Command, Clinic.Stranger) || May(row.Command, Clinic.MovedAway));

    private static bool May(CourseCommand command, Actor actor)
    {
        var c = command is ReferCourse ? new CourseDriver() : new CourseDriver().Started();
        var decision = c.Try(command, actor);
        return decision.IsAccepted || !decision.Refusals.Any(r => r.Code is "course.not-found" or "course.not-allowed");
    }
}
