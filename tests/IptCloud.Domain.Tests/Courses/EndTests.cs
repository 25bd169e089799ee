namespace IptCloud.Domain.Tests.Courses;

/// <summary>The end states and what each asks for (domain.md §1.4a, §8).</summary>
public sealed class EndTests
{
    private readonly CourseDriver c = new CourseDriver().Started().Agreed();

    [Theory]
    [InlineData(CourseEnd.Completed, "46")]
    [InlineData(CourseEnd.CompletedEarly, "46")]
    [InlineData(CourseEnd.EndedByClient, "47")]
    [InlineData(CourseEnd.EndedByService, "48")]
    [InlineData(CourseEnd.Died, "49")]
    [InlineData(CourseEnd.ReferredOn, "13")]
    [InlineData(CourseEnd.TransferredOut, "13")]
    public void Every_end_maps_to_one_national_code(CourseEnd end, string code) => Assert.Equal(code, end.NhsCode());

    [Fact]
    public void Completion_is_for_the_ending_phase_with_everything_done()
    {
        Assert.Equal("course.not-in-ending", c.Refused(new CloseCourse(CourseEnd.Completed, "Better.")).Code);
        var ids = c.AttendNext(3);
        c.EnterNext();
        c.EnterNext();
        var refused = c.Try(new CloseCourse(CourseEnd.Completed, "")).Refusals;
        Assert.Equal(["missing", "course.notes-open", "phase.gate-closed"], refused.Select(r => r.Code));
        foreach (var id in ids) c.Do(c.NoteFor(id));
        c.SettleAllBut();
        c.Do(new CloseCourse(CourseEnd.Completed, "Better."));
        Assert.Equal((CourseStatus.Closed, CourseEnd.Completed, Clinic.TherapistId), (c.State.Status, c.State.Closing!.End, c.State.Closing.By!.Value));
        Assert.Null(c.State.Closing.Outcome);
    }

    [Fact]
    public void Any_other_end_needs_no_gate_but_words_and_attendance()
    {
        var ids = c.Book(2);
        c.WakeUntil(c.Session(ids[0]).EndsAt);
        var refused = c.Refused(new CloseCourse(CourseEnd.EndedByClient, "Stopped coming."));
        Assert.Equal(("course.attendance-open", "Record attendance first: Tuesday 8 September 2026, 10:00."), (refused.Code, refused.Text));
        c.Record(ids[0], AttendanceCode.DidNotAttend);
        c.Do(new CloseCourse(CourseEnd.EndedByClient, "Stopped coming."));
        Assert.Equal(AttendanceCode.CancelledByService, c.Session(ids[1]).Attendance);
        Assert.Empty(c.Due);
    }

    [Fact]
    public void An_open_alert_keeps_a_course_open_unless_the_client_died()
    {
        c.Do(new AnswerItem(c.Invited().Form, 9, 1), Clinic.Client);
        Assert.Equal("course.alert-open", c.Refused(new CloseCourse(CourseEnd.EndedByClient, "Stopped coming.")).Code);
        c.Do(new CloseCourse(CourseEnd.Died, "The family called."));
        c.Do(new AcknowledgeAlert(c.State.Alerts[0].Id));
        c.Do(new CloseAlert(c.State.Alerts[0].Id, AlertOutcome.Emergency, "See the review."));
    }

    [Fact]
    public void A_closed_course_takes_notes_alerts_and_results_and_nothing_else()
    {
        var id = c.AttendNext(1)[0];
        var form = c.EnterOnPaper("phq-9", 3);
        c.Do(new CloseCourse(CourseEnd.CompletedEarly, "Well again, agreed."));
        c.Do(c.NoteFor(id));
        c.Do(new AmendNote(id, "More.", "Left out."));
        c.Do(new ReadResult(form));
        c.Do(new EnterMeasure(c.New<RequestId>(), "phq-9", 1, null, CourseSteps.Answers("phq-9", 9).SetItem(9, 1))); // handed over on paper at the last session
        Assert.True(c.State.HasOpenAlert);
        Assert.Empty(c.Wake());
        foreach (var command in new CourseCommand[] { new ResumeCourse(), new HoldCourse("x"), new StartCourse(), new CloseCourse(CourseEnd.Died, "x"), new TransferCourse(Clinic.ColleagueId, "x"), c.ContractFor(20), new RecordPerson(CourseSteps.Partner, null) })
            Assert.Equal("course.closed", c.Refused(command).Code);
    }

    [Fact]
    public void The_outcome_compares_the_first_complete_totals_with_the_last()
    {
        c.Do(new EnterMeasure(c.New<RequestId>(), "phq-9", 1, null, CourseSteps.Answers("phq-9", 24).SetItem(1, null)));
        foreach (var (phq, gad) in new[] { (18, 15), (20, 16), (12, 8) })
        {
            c.WakeFor(TimeSpan.FromDays(7));
            c.EnterOnPaper("phq-9", phq);
            c.EnterOnPaper("gad-7", gad);
        }

        c.Do(new CloseCourse(CourseEnd.ReferredOn, "Partly better."));
        Assert.Equal((new PairedScore(18, 15), new PairedScore(12, 8)), (c.State.Closing!.First!.Value, c.State.Closing.Last!.Value));
        Assert.True(c.State.Closing.Outcome is { ReliablyImproved: true, Recovered: false });
    }

    [Fact]
    public void One_pair_alone_has_no_outcome()
    {
        c.EnterOnPaper("phq-9", 18);
        c.EnterOnPaper("gad-7", 12);
        c.Do(new CloseCourse(CourseEnd.EndedByClient, "One visit."));
        Assert.Equal(new PairedScore(18, 12), c.State.Closing!.First);
        Assert.Null(c.State.Closing.Outcome);
    }

    [Fact]
    public void An_end_must_be_one_of_the_list() => Assert.Equal("end", c.Refused(new CloseCourse((CourseEnd)99, "x")).Field);
}
