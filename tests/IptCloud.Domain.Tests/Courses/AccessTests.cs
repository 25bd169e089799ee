namespace IptCloud.Domain.Tests.Courses;

/// <summary>Who may do what: every kind of actor against every command there is.</summary>
public sealed class AccessTests
{
    private static readonly (string Name, Actor Actor)[] Everyone =
    [
        ("therapist", Clinic.Therapist), ("deputy", Clinic.Deputy), ("colleague", Clinic.Colleague), ("supervisor", Clinic.Supervisor), ("duty lead", Clinic.DutyLead),
        ("admin", Clinic.Admin), ("owner", Clinic.Owner), ("scheduler", Clinic.Scheduler), ("billing", Clinic.Billing), ("ops", Clinic.Ops),
        ("former deputy", Clinic.FormerDeputy), ("coming deputy", Clinic.ComingDeputy), ("pretender", Clinic.Pretender),
        ("stranger", Clinic.Stranger), ("moved away", Clinic.MovedAway), ("client", Clinic.Client), ("worker", Clinic.Worker),
    ];

    private const string Own = "therapist, deputy", OwnOrSupervisor = "therapist, deputy, supervisor", ClientOrOwn = "therapist, deputy, client",
        Diary = "therapist, deputy, scheduler", Readers = "therapist, deputy, supervisor, duty lead";

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
        (new TransferCourse(Clinic.ColleagueId, "x"), "therapist, deputy, supervisor, admin, owner"),
        (new CloseCourse(CourseEnd.Died, "x"), Own),
        (new BookSeries(default, [], default, 50), Diary),
        (new MoveSession(default, default, default, MoveScope.This), Diary),
        (new NoteArrival(default), Diary),
        (new RecordAttendance(default, AttendanceCode.Attended, "", null), Diary),
        (new SignNote(default, "x", [], []), Own),
        (new AmendNote(default, "x", "x"), Own),
        (new CloseFollowUp(default, FollowUpOutcome.Reached, "x"), OwnOrSupervisor),
        (new RecordContact(default, ContactParty.Client, ContactWay.Telephone, default, "x"), OwnOrSupervisor),
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
        var c = Started();
        foreach (var (command, _) in Table.Where(row => row.Command is not ReferCourse))
            foreach (var (_, actor) in Everyone.Where(who => !May(command, who.Actor)))
                Assert.Equal(CourseAccess.MayRead(c.State, actor, c.ClinicFacts, c.Now) || CourseAccess.MaySeeDiary(c.State, actor, c.ClinicFacts, c.Now) ? "course.not-allowed" : "course.not-found", c.Refused(command, actor).Code);
    }

    [Fact]
    public void The_therapist_the_clinics_supervisors_and_its_duty_lead_may_read()
    {
        var c = Started();
        Assert.Equal(Readers, string.Join(", ", Everyone.Where(who => CourseAccess.MayRead(c.State, who.Actor, c.ClinicFacts, c.Now)).Select(who => who.Name)));
    }

    [Fact]
    public void The_duty_lead_of_another_clinic_is_nobody_here()
    {
        var c = new CourseDriver().Started();
        Assert.False(CourseAccess.MayRead(c.State, Clinic.DutyLead, c.ClinicFacts with { Clinic = Clinic.Elsewhere }, c.Now));
    }

    [Fact]
    public void Who_keeps_the_diary_sees_names_and_times_and_nothing_that_was_said()
    {
        var c = Started();
        Assert.Equal("therapist, deputy, supervisor, duty lead, scheduler", string.Join(", ", Everyone.Where(who => CourseAccess.MaySeeDiary(c.State, who.Actor, c.ClinicFacts, c.Now)).Select(who => who.Name)));
        var names = typeof(CourseDiary).GetProperties().Concat(typeof(DiarySession).GetProperties()).Where(p => p.Name != "EqualityContract").Select(p => p.Name).Distinct().Order();
        Assert.Equal(["Arrived", "AsksForAnother", "Attendance", "Client", "Clinic", "EveryDays", "Id", "Key", "Local", "Minutes", "Room", "Sessions", "StartsAt", "Status", "Therapist", "Zone"], names);
    }

    [Fact]
    public void A_deputy_acts_on_behalf_of_the_absent_only_within_the_time_and_in_their_own_right_where_they_have_one()
    {
        var c = Started();
        Actor Standing(Actor actor, Act act) => CourseAccess.Standing(c.State, act, actor with { OnBehalfOf = null }, c.ClinicFacts, c.Now);
        Assert.Equal(Clinic.TherapistId, Standing(Clinic.Deputy, Act.RunCourse).OnBehalfOf);
        Assert.Null(Standing(Clinic.FormerDeputy, Act.RunCourse).OnBehalfOf);
        Assert.Null(Standing(Clinic.ComingDeputy, Act.RunCourse).OnBehalfOf);
        Assert.Null(Standing(Clinic.Pretender, Act.RunCourse).OnBehalfOf);
        Assert.Null(Standing(Clinic.Therapist, Act.RunCourse).OnBehalfOf);
        var both = Clinic.Deputy with { Roles = Roles.Therapist | Roles.Supervisor };
        Assert.Equal(Clinic.TherapistId, Standing(both, Act.RunCourse).OnBehalfOf);
        Assert.Null(Standing(both, Act.OverseeCourse).OnBehalfOf);
    }

    [Fact]
    public void Every_action_has_one_row_and_every_command_an_action()
    {
        Assert.Equal(Enum.GetValues<Act>(), AccessTable.Rows.Select(r => r.Act).Order());
        Assert.All(AccessTable.Rows, r => Assert.False(string.IsNullOrWhiteSpace(r.Words)));
        foreach (var (command, allowed) in Table.Where(row => row.Command is not (WakeCourse or RequestRebook)))
            Assert.Equal(allowed.Contains("scheduler", StringComparison.Ordinal), AccessTable.RolesFor(CourseAccess.ActOf(command)).HasFlag(Roles.Scheduler));
    }

    [Fact]
    public void Roles_without_clinical_work_open_no_course()
    {
        foreach (var act in new[] { Act.ReadCourse, Act.RunCourse, Act.OverseeCourse, Act.AnswerAlert })
            Assert.Equal(Roles.None, AccessTable.RolesFor(act) & (Roles.Owner | Roles.Admin | Roles.Scheduler | Roles.Billing | Roles.Ops));
        Assert.Equal([Act.SeePlan, Act.ChangePlan], AccessTable.Rows.Where(r => r.Grants.Any(g => g.Role == Roles.Billing)).Select(r => r.Act));
        Assert.Equal([Act.RunPlatform], AccessTable.Rows.Where(r => r.Grants.Any(g => g.Role == Roles.Ops)).Select(r => r.Act));
        Assert.DoesNotContain(Roles.Ops, AccessTable.Given);
    }

    [Fact]
    public void A_role_in_another_clinic_is_worth_nothing_here() =>
        Assert.DoesNotContain(Table, row => May(row.Command, Clinic.Stranger) || May(row.Command, Clinic.MovedAway));

    private static CourseDriver Started()
    {
        var c = new CourseDriver().Started();
        c.ClinicFacts = Clinic.WithDeputies(c.Now);
        return c;
    }

    private static bool May(CourseCommand command, Actor actor)
    {
        var c = command is ReferCourse ? new CourseDriver() : Started();
        var decision = c.Try(command, actor);
        return decision.IsAccepted || !decision.Refusals.Any(r => r.Code is "course.not-found" or "course.not-allowed");
    }
}
