namespace IptCloud.Domain.Tests.Risk;

/// <summary>A positive safety item (domain.md §5; design.md, invariant 4).</summary>
public sealed class AlertTests
{
    private readonly CourseDriver c = new CourseDriver().Started();

    private Alert TheAlert => Assert.Single(c.State.Alerts);

    private void CloseIt(Actor? actor = null)
    {
        var id = c.State.Alerts[^1].Id;
        c.Do(new AcknowledgeAlert(id), actor);
        c.Do(new CloseAlert(id, AlertOutcome.SafetyPlanAgreed, "Called; plan confirmed."), actor);
    }

    [Fact]
    public void The_safety_item_of_a_half_finished_form_raises_an_alert_at_once()
    {
        var (form, _) = c.Invited();
        var events = c.Do(new AnswerItem(form, 9, 1), Clinic.Client);
        Assert.IsType<ItemAnswered>(events[0]);
        Assert.IsType<AlertRaised>(events[1]);
        Assert.True(TheAlert is { IsOpen: true, ItemValue: 1, AcknowledgedBy: null } && TheAlert.Request == form);
        Assert.Null(c.State.Measures[0].Score);
    }

    [Fact]
    public void Therapist_and_duty_lead_are_told_at_any_hour_and_each_once()
    {
        var (form, _) = c.Invited();
        c.Now = c.Now.AddHours(16);
        c.Do(new AnswerItem(form, 9, 3), Clinic.Client);
        Assert.Equal([Clinic.TherapistId, Clinic.DutyLeadId], c.ToStaff.Select(m => m.Recipient!.Value));
        Assert.All(c.ToStaff, m => Assert.Equal((MessageTemplate.StaffAlert, c.Now), (m.Template, m.NotBefore)));
        Assert.Equal(2, c.ToStaff.Select(m => m.Id).Distinct().Count());
    }

    [Fact]
    public void A_therapist_who_is_the_duty_lead_is_told_once_and_without_a_duty_lead_the_therapist_is_told()
    {
        foreach (var lead in new MemberId?[] { Clinic.TherapistId, null })
        {
            var course = new CourseDriver { ClinicFacts = Clinic.Facts() with { DutyLead = lead } }.Started();
            course.Do(new AnswerItem(course.Invited().Form, 9, 2), Clinic.Client);
            Assert.Equal(Clinic.TherapistId, Assert.Single(course.ToStaff).Recipient);
        }
    }

    [Theory]
    [InlineData(9, 0)]
    [InlineData(9, null)]
    [InlineData(8, 3)]
    public void Other_answers_raise_nothing(int item, int? value)
    {
        c.Do(new AnswerItem(c.Invited().Form, item, value), Clinic.Client);
        Assert.Empty(c.State.Alerts);
        Assert.Empty(c.ToStaff);
    }

    [Fact]
    public void The_GAD_7_has_no_safety_item()
    {
        c.EnterOnPaper("gad-7", 21);
        Assert.Empty(c.State.Alerts);
    }

    [Fact]
    public void A_form_on_paper_raises_an_alert_as_well()
    {
        c.Do(new EnterMeasure(c.New<RequestId>(), "phq-9", 1, null, ImmutableSortedDictionary<int, int?>.Empty.Add(9, 2)));
        Assert.Equal(2, TheAlert.ItemValue);
        Assert.Equal(2, c.ToStaff.Count());
    }

    [Fact]
    public void While_an_alert_is_open_nothing_for_the_client_is_due_and_it_comes_back_when_closed()
    {
        var (form, _) = c.Invited();
        c.WakeFor(TimeSpan.FromHours(1));
        c.SetHomework(dueInDays: 14);
        c.Book(inDays: 10);
        var before = c.Due;
        Assert.Contains(before, d => d.IsForClient);
        c.Do(new AnswerItem(form, 9, 1), Clinic.Client);
        Assert.Equal(before.Where(d => !d.IsForClient), c.Due);
        Assert.NotEmpty(c.Due);
        CloseIt();
        Assert.Equal(before, c.Due);
    }

    [Fact]
    public void Time_alone_never_closes_an_alert_and_nothing_reaches_the_client_meanwhile()
    {
        var (form, _) = c.Invited();
        c.SetHomework(dueInDays: 5);
        c.Do(new AnswerItem(form, 9, 1), Clinic.Client);
        var sent = c.ToClient.Count();
        c.WakeFor(TimeSpan.FromDays(60));
        Assert.True(TheAlert.IsOpen);
        Assert.Equal(sent, c.ToClient.Count());
    }

    [Fact]
    public void Taking_the_answer_back_or_a_low_total_does_not_close_it()
    {
        var (form, _) = c.Invited();
        c.Do(new AnswerItem(form, 9, 2), Clinic.Client);
        c.Do(new AnswerItem(form, 9, 0), Clinic.Client);
        c.FillIn(form, 0);
        Assert.True(TheAlert is { IsOpen: true, ItemValue: 2 });
    }

    [Fact]
    public void A_higher_value_raises_the_same_alert_again_and_a_lower_one_does_not()
    {
        var (form, _) = c.Invited();
        c.Do(new AnswerItem(form, 9, 1), Clinic.Client);
        c.Do(new AcknowledgeAlert(TheAlert.Id));
        c.Do(new AnswerItem(form, 9, 3), Clinic.Client);
        Assert.True(TheAlert is { ItemValue: 3, AcknowledgedBy: null, AcknowledgedAt: null });
        Assert.Equal(4, c.ToStaff.Count());
        c.Do(new AnswerItem(form, 9, 2), Clinic.Client);
        Assert.Equal((3, 4), (TheAlert.ItemValue, c.ToStaff.Count()));
    }

    [Fact]
    public void A_new_form_and_a_positive_answer_after_closing_raise_a_new_alert()
    {
        var (form, _) = c.Invited();
        c.Do(new AnswerItem(form, 9, 1), Clinic.Client);
        c.Do(new EnterMeasure(c.New<RequestId>(), "phq-9", 1, null, ImmutableSortedDictionary<int, int?>.Empty.Add(9, 1)));
        Assert.Equal(2, c.State.Alerts.Length);
        foreach (var alert in c.State.Alerts)
        {
            c.Do(new AcknowledgeAlert(alert.Id));
            c.Do(new CloseAlert(alert.Id, AlertOutcome.AssessedNoChange, "Talked it through."));
        }

        c.Do(new AnswerItem(form, 9, 2), Clinic.Client);
        Assert.Equal(3, c.State.Alerts.Length);
        Assert.True(c.State.HasOpenAlert);
    }

    [Fact]
    public void An_alert_is_closed_by_a_named_clinician_with_an_outcome_after_acknowledging()
    {
        c.Do(new AnswerItem(c.Invited().Form, 9, 1), Clinic.Client);
        var close = new CloseAlert(TheAlert.Id, AlertOutcome.CrisisTeam, "Handed over by phone.");
        Assert.Equal("alert.acknowledge-first", c.Refused(close, Clinic.DutyLead).Code);
        c.Do(new AcknowledgeAlert(TheAlert.Id), Clinic.DutyLead);
        Assert.Empty(c.Do(new AcknowledgeAlert(TheAlert.Id), Clinic.DutyLead));
        Assert.Equal("alert.acknowledged", c.Refused(new AcknowledgeAlert(TheAlert.Id)).Code); // or the therapist would believe to have it
        Assert.Equal("text", c.Refused(close with { Text = " " }, Clinic.DutyLead).Field);
        Assert.Equal("outcome", c.Refused(close with { Outcome = (AlertOutcome)99 }, Clinic.DutyLead).Field);
        c.Do(close, Clinic.DutyLead);
        Assert.True(TheAlert is { IsOpen: false, Outcome: AlertOutcome.CrisisTeam } && TheAlert.ClosedBy == Clinic.DutyLeadId);
        Assert.Empty(c.Do(close, Clinic.DutyLead));
        Assert.Equal("Handed over by phone.", c.Refused(close with { Text = "Something else." }).Current);
        Assert.Equal("alert.unknown", c.Refused(close with { Alert = c.New<AlertId>() }).Code);
    }

    [Fact]
    public void A_therapist_who_takes_the_course_over_is_told_of_what_is_open()
    {
        c.Do(new AnswerItem(c.Invited().Form, 9, 1), Clinic.Client);
        c.Do(new TransferCourse(Clinic.ColleagueId, "Leave"), Clinic.Supervisor);
        Assert.Equal([Clinic.TherapistId, Clinic.DutyLeadId, Clinic.ColleagueId], c.ToStaff.Select(m => m.Recipient!.Value));
        CloseIt(Clinic.Colleague);
        c.Do(new TransferCourse(Clinic.TherapistId, "Back"), Clinic.Supervisor);
        Assert.Equal(3, c.ToStaff.Count());
    }
}
