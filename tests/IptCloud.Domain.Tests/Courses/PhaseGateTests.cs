namespace IptCloud.Domain.Tests.Courses;

/// <summary>A phase is left only with its tasks done or waived; nothing advances by itself (domain.md §1.4a).</summary>
public sealed class PhaseGateTests
{
    private readonly CourseDriver c = new CourseDriver().Started().Agreed();

    [Fact]
    public void After_three_attended_with_the_formulation_missing_the_course_stays_and_the_gate_is_overdue()
    {
        c.AttendNext(3);
        c.SettleAllBut("I8");
        Assert.Null(c.State.GateOverdueAt);
        Assert.Contains("I8 Formulation", c.Refused(new EnterPhase(Phase.Middle)).Text, StringComparison.Ordinal);
        c.WakeFor(TimeSpan.FromDays(2));
        Assert.Equal(Phase.Initial, c.State.Phase);
        Assert.NotNull(c.State.GateOverdueAt);
        var overdue = Assert.IsType<GateOverdue>(Assert.Single(c.Journal, e => e.Event is GateOverdue).Event);
        Assert.Equal((Phase.Initial, "I8"), (overdue.Phase, Assert.Single(overdue.OpenTasks)));
    }

    [Fact]
    public void An_overdue_gate_blocks_no_booking_and_no_session()
    {
        c.AttendNext(3);
        c.WakeFor(TimeSpan.FromDays(2));
        c.AttendNext(1);
        Assert.Equal((Phase.Initial, 4), (c.State.Phase, c.State.AttendedCount));
        Assert.Single(c.Journal, e => e.Event is GateOverdue);
    }

    [Fact]
    public void Three_attended_and_one_missed_is_still_session_three()
    {
        var ids = c.Book(4);
        c.Attend(ids[0]);
        c.Attend(ids[1], AttendanceCode.DidNotAttend);
        c.Attend(ids[2]);
        Assert.Null(c.State.GateDueAt);
        c.Attend(ids[3]);
        Assert.Equal([1, null, 2, 3], c.State.Sessions.Select(s => s.Number));
        Assert.NotNull(c.State.GateDueAt);
    }

    [Fact]
    public void A_gate_that_was_passed_in_time_is_not_overdue()
    {
        c.AttendNext(3);
        c.EnterNext();
        c.WakeFor(TimeSpan.FromDays(3));
        Assert.Null(c.State.GateOverdueAt);
        Assert.Equal((Phase.Middle, CourseStatus.Active), (c.State.Phase, c.State.Status));
    }

    [Fact]
    public void Entering_the_next_phase_takes_the_overdue_mark_away()
    {
        c.AttendNext(3);
        c.WakeFor(TimeSpan.FromDays(2));
        c.EnterNext();
        Assert.Equal((null, null, null), (c.State.GateOverdueAt, c.State.GateDueAt, c.State.GateSession));
    }

    [Fact]
    public void Correcting_the_last_session_to_missed_takes_the_gate_back()
    {
        var ids = c.AttendNext(3);
        c.Record(ids[2], AttendanceCode.DidNotAttend);
        Assert.Null(c.State.GateDueAt);
    }

    [Fact]
    public void Correcting_an_earlier_session_to_missed_takes_the_gate_back_too()
    {
        var ids = c.AttendNext(3);
        c.Record(ids[0], AttendanceCode.DidNotAttend);
        c.WakeFor(TimeSpan.FromDays(2));
        Assert.Null(c.State.GateOverdueAt);
        c.AttendNext(1);
        c.WakeFor(TimeSpan.FromDays(2));
        Assert.NotNull(c.State.GateOverdueAt);
    }

    [Fact]
    public void An_ending_that_is_not_finished_after_the_last_session_is_overdue()
    {
        ToTheEnding();
        c.AttendNext(2);
        c.WakeFor(TimeSpan.FromDays(2));
        Assert.Equal(Phase.Ending, Assert.IsType<GateOverdue>(Assert.Single(c.Journal, e => e.Event is GateOverdue).Event).Phase);
        Assert.Equal(CourseStatus.Active, c.State.Status);
    }

    [Fact]
    public void The_ending_must_be_named_four_sessions_out_and_the_course_warns_of_it()
    {
        c.AttendNext(3);
        c.EnterNext();
        c.AttendNext(8);
        Assert.False(c.State.IsEndingNoticeDue);
        c.AttendNext(1);
        Assert.True(c.State.IsEndingNoticeDue);
        Assert.Equal(12, c.State.AttendedCount);
        c.Do(new CompleteTask("T1"));
        Assert.False(c.State.IsEndingNoticeDue);
        c.AttendNext(2);
        c.EnterNext();
        Assert.False(c.State.IsEndingNoticeDue);
    }

    [Fact]
    public void A_task_with_evidence_is_done_by_the_evidence_and_by_nothing_else()
    {
        foreach (var code in new[] { "I5", "I7", "I8" }) Assert.Equal("task.no-evidence", c.Refused(new CompleteTask(code)).Code);
        Assert.True(c.State.IsSettled("I9"));
        c.Do(new RecordFormulation(0, "Not yet accepted.", Accepted: false));
        Assert.Equal("task.no-evidence", c.Refused(new CompleteTask("I8")).Code);
        c.Do(new RecordFormulation(1, "Accepted.", Accepted: true));
        c.Do(new ChooseFocus(FocusArea.Grief, "The loss came first."));
        Assert.True(c.State.IsSettled("I7") && c.State.IsSettled("I8"));
        c.Do(new RecordPerson(CourseSteps.Partner, null));
        Assert.Contains("I5", c.State.OpenTasks(Phase.Initial));
        c.Do(new CompleteTask("I5"));
        Assert.True(c.State.IsSettled("I5"));
    }

    [Fact]
    public void A_waiver_needs_a_reason_and_keeps_who_gave_it()
    {
        Assert.Equal("reason", c.Refused(new WaiveTask("I10", " ")).Field);
        Assert.Equal("task.unknown", c.Refused(new WaiveTask("X9", "Why not")).Code);
        Assert.Equal("task.unknown", c.Refused(new CompleteTask("X9")).Code);
        c.Do(new WaiveTask("I10", " Done by the referrer. "));
        var waived = Assert.Single(c.State.Tasks, t => t.Code == "I10");
        Assert.Equal(("Done by the referrer.", Clinic.TherapistId), (waived.WaivedBecause, waived.By!.Value));
        Assert.Empty(c.Do(new WaiveTask("I10", "Again")));
        c.Do(new CompleteTask("I10"));
        Assert.Null(Assert.Single(c.State.Tasks, t => t.Code == "I10").WaivedBecause);
        Assert.Empty(c.Do(new CompleteTask("I10")));
    }

    [Fact]
    public void Phases_follow_one_another()
    {
        Assert.Empty(c.Do(new EnterPhase(Phase.Initial)));
        Assert.Equal("phase.wrong-phase", c.Refused(new EnterPhase(Phase.Ending)).Code);
        ToTheEnding();
        Assert.Equal("phase.wrong-phase", c.Refused(new EnterPhase(Phase.Initial)).Code);
        Assert.Equal("phase.wrong-phase", c.Refused(new EnterPhase((Phase)7)).Code);
        c.SettleAllBut();
        Assert.Equal("phase.wrong-phase", c.Refused(new EnterPhase(Phase.Ending + 1)).Code);
    }

    [Fact]
    public void Going_back_to_the_initial_phase_asks_for_a_new_focus_and_formulation_and_keeps_the_old_one()
    {
        c.AttendNext(3);
        c.EnterNext();
        c.WakeFor(TimeSpan.FromDays(1));
        c.Do(new EnterPhase(Phase.Initial));
        Assert.Equal(["I7", "I8"], c.State.OpenTasks(Phase.Initial));
        Assert.Equal("task.no-evidence", c.Refused(new CompleteTask("I7")).Code);
        Assert.Equal("task.no-evidence", c.Refused(new CompleteTask("I8")).Code);
        c.Do(new ChooseFocus(FocusArea.Grief, "The father's death came first."));
        c.Do(new RecordFormulation(1, "Your low mood grew out of the loss.", Accepted: true));
        c.Do(new EnterPhase(Phase.Middle));
        Assert.Equal([1, 2], c.State.Formulations.Select(f => f.Version));
        Assert.Equal("Your low mood grew out of the quarrel.", c.State.Formulations[0].Text);
        Assert.Equal([Phase.Initial, Phase.Middle, Phase.Initial, Phase.Middle], c.State.Phases.Select(p => p.Phase));
    }

    [Fact]
    public void Going_back_from_the_ending_needs_a_new_contract_and_leaves_the_focus_alone()
    {
        ToTheEnding();
        Assert.Equal("phase.needs-contract", c.Refused(new EnterPhase(Phase.Middle)).Code);
        c.WakeFor(TimeSpan.FromHours(1));
        c.Agreed(20);
        c.Do(new EnterPhase(Phase.Middle));
        Assert.Empty(c.State.OpenTasks(Phase.Initial));
        Assert.Equal((Phase.Middle, 18), (c.State.PhasePlan.Phase, c.State.PhasePlan.To));
    }

    private void ToTheEnding()
    {
        c.AttendNext(3);
        c.EnterNext();
        c.AttendNext(11);
        c.EnterNext();
        Assert.Equal(Phase.Ending, c.State.Phase);
    }
}
