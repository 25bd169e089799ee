namespace IptCloud.Domain.Tests.Courses;

/// <summary>Referral, start, hold, transfer.</summary>
public sealed class StatusTests
{
    private readonly CourseDriver c = new();

    private static ReferCourse Referral => new(Clinic.Sam, Clinic.TherapistId, Clinic.Here, "ipt-16", 1, "Low since the spring.");

    [Fact]
    public void A_referral_names_a_protocol_a_therapist_of_the_clinic_and_a_reason()
    {
        Assert.Equal("course.unknown-protocol", c.Refused(Referral with { ProtocolVersion = 2 }, Clinic.Admin).Code);
        Assert.Equal("course.not-a-therapist", c.Refused(Referral with { Therapist = Clinic.Stranger.Member!.Value }, Clinic.Admin).Code);
        Assert.Equal("reason", c.Refused(Referral with { Reason = "" }, Clinic.Admin).Field);
        Assert.Equal(3, c.Try(Referral with { ProtocolId = "", Therapist = default, Reason = new string('x', 4_001) }, Clinic.Admin).Refusals.Length);
        c.Referred();
        Assert.Equal("course.already-referred", c.Refused(Referral, Clinic.Admin).Code);
        Assert.Equal((Clinic.London, "ipt-16", 1, c.Now), (c.State.ClinicZone, c.State.ProtocolId, c.State.ProtocolVersion, c.State.ReferredAt));
    }

    [Fact]
    public void Before_the_start_there_is_nothing_to_do_but_start_transfer_or_end()
    {
        c.Referred();
        Assert.Equal("course.not-started", c.Refused(c.ContractFor(16)).Code);
        Assert.Equal("course.not-started", c.Refused(new HoldCourse("x")).Code);
        Assert.Empty(c.Wake());
        c.Do(new TransferCourse(Clinic.ColleagueId, "Has room"));
        c.Do(new StartCourse(), Clinic.Colleague);
        Assert.Equal("course.already-started", c.Refused(new StartCourse(), Clinic.Colleague).Code);
    }

    [Fact]
    public void A_course_that_does_not_exist_answers_nobody()
    {
        Assert.Equal("course.not-found", c.Refused(new StartCourse()).Code);
        Assert.Equal("course.not-found", c.Refused(new WakeCourse([]), Clinic.Worker).Code);
    }

    [Fact]
    public void On_hold_nothing_new_is_begun_and_nothing_reaches_the_client()
    {
        c.Started().Agreed();
        var session = c.Book()[0];
        c.SetHomework();
        c.Do(new HoldCourse("Operation"));
        Assert.Equal(("Operation", c.Now), (c.State.HoldReason, c.State.HeldSince!.Value));
        foreach (var command in new CourseCommand[] { new HoldCourse("Again"), new EnterPhase(Phase.Middle), new BookSeries(c.New<SeriesId>(), [c.New<SessionId>()], c.LocalNow.AddDays(9), 50), new SetHomework(c.New<HomeworkId>(), null, "A", "B", c.Today, true) })
            Assert.Equal("course.on-hold", c.Refused(command).Code);
        Assert.DoesNotContain(c.Due, d => d.IsForClient);
        c.Attend(session, AttendanceCode.CancelledByService);
        Assert.Empty(c.ToClient);
    }

    [Fact]
    public void After_a_hold_what_is_still_right_is_sent_and_the_rest_is_dropped()
    {
        c.Started().Agreed();
        var sessions = c.Book(3);
        c.SetHomework();
        c.Do(new HoldCourse("Operation"));
        c.WakeUntil(c.Session(sessions[1]).Time.StartsAt.AddHours(-3));
        foreach (var id in sessions.Take(1)) c.Record(id, AttendanceCode.CancelledByService);
        c.Do(new ResumeCourse());
        Assert.Equal(("", null), (c.State.HoldReason, c.State.HeldSince));
        Assert.Equal("course.not-on-hold", c.Refused(new ResumeCourse()).Code);
        c.WakeFor(TimeSpan.FromHours(2));
        var sent = Assert.Single(c.ToClient);
        Assert.All(sent.Intents, i => Assert.Equal(sessions[1].Value, i.Subject));
        Assert.Contains(c.Journal, e => e.Event is PromptSkipped { Kind: DueKind.HomeworkPrompt });
    }

    [Fact]
    public void A_transfer_hands_everything_over_and_the_former_therapist_sees_nothing_more()
    {
        c.Started().Agreed();
        Assert.Equal("course.same-therapist", c.Refused(new TransferCourse(Clinic.TherapistId, "x")).Code);
        Assert.Equal("course.not-a-therapist", c.Refused(new TransferCourse(Clinic.Stranger.Member!.Value, "x")).Code);
        Assert.Equal("reason", c.Refused(new TransferCourse(Clinic.ColleagueId, "")).Field);
        c.Do(new TransferCourse(Clinic.ColleagueId, "Leave"), Clinic.Admin);
        Assert.Equal("course.not-found", c.Refused(new ChooseFocus(FocusArea.Grief, "x")).Code);
        c.Do(new ChooseFocus(FocusArea.Grief, "The loss came first."), Clinic.Colleague);
        Assert.Equal(new CourseTransferred(Clinic.TherapistId, Clinic.ColleagueId, "Leave"), Assert.Single(c.Journal, e => e.Event is CourseTransferred).Event);
    }

    [Fact]
    public void A_focus_must_be_one_of_the_four() => Assert.Equal("area", c.Started().Refused(new ChooseFocus((FocusArea)9, "x")).Field);
}
