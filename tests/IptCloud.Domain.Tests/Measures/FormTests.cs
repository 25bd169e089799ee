namespace IptCloud.Domain.Tests.Measures;

/// <summary>A form between invitation and hand-in.</summary>
public sealed class FormTests
{
    private readonly CourseDriver c = new CourseDriver().Started();

    [Fact]
    public void Every_measure_of_the_protocol_is_asked_for_with_the_reminder_and_closes_with_the_session()
    {
        var (_, session) = c.Invited();
        Assert.Equal(["phq-9", "gad-7"], c.State.Measures.Select(m => m.Instrument));
        Assert.All(c.State.Measures, m => Assert.Equal((session, c.Session(session).EndsAt), (m.Session, m.ClosesAt)));
    }

    [Fact]
    public void An_answer_may_be_changed_until_the_form_is_handed_in()
    {
        var (form, _) = c.Invited();
        c.Do(new AnswerItem(form, 1, 3), Clinic.Client);
        c.Do(new AnswerItem(form, 1, 1), Clinic.Client);
        c.Do(new AnswerItem(form, 2, null), Clinic.Client);
        Assert.Equal([new(1, 1), new KeyValuePair<int, int?>(2, null)], c.State.Measures[0].Answers);
        c.Do(new SubmitMeasure(form), Clinic.Client);
        Assert.Equal(new Score(null, null, 1, 9), c.State.Measures[0].Score);
        Assert.Equal("measure.submitted", c.Refused(new AnswerItem(form, 1, 2), Clinic.Client).Code);
        Assert.Empty(c.Do(new AnswerItem(form, 1, 1), Clinic.Client));
        Assert.Empty(c.Do(new SubmitMeasure(form), Clinic.Client));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(11, 0)]
    [InlineData(1, 4)]
    [InlineData(1, -1)]
    [InlineData(10, 4)]
    public void An_answer_that_the_form_does_not_offer_is_refused(int item, int value) =>
        Assert.Equal("measure.bad-answer", c.Refused(new AnswerItem(c.Invited().Form, item, value), Clinic.Client).Code);

    [Fact]
    public void The_difficulty_question_may_be_answered_and_does_not_score()
    {
        var (form, _) = c.Invited();
        c.Do(new AnswerItem(form, 10, 3), Clinic.Client);
        c.FillIn(form, 12);
        Assert.Equal(12, c.State.Measures[0].Score!.Total);
    }

    [Fact]
    public void After_the_session_the_client_is_late_and_the_therapist_is_not()
    {
        var (form, session) = c.Invited();
        c.WakeUntil(c.Session(session).EndsAt);
        Assert.Equal("measure.expired", c.Refused(new AnswerItem(form, 1, 1), Clinic.Client).Code);
        Assert.Equal("measure.expired", c.Refused(new SubmitMeasure(form), Clinic.Client).Code);
        c.Do(new AnswerItem(form, 1, 1));
    }

    [Fact]
    public void An_empty_form_is_not_handed_in() =>
        Assert.Equal("measure.nothing-answered", c.Refused(new SubmitMeasure(c.Invited().Form), Clinic.Client).Code);

    [Fact]
    public void A_form_on_paper_is_entered_and_scored_at_once()
    {
        var form = c.EnterOnPaper("gad-7", 11);
        var entered = Assert.Single(c.State.Measures);
        Assert.Equal((form, "gad-7", 11, "Moderate"), (entered.Id, entered.Instrument, entered.Score!.Total, entered.Score.Band));
        Assert.Equal("measure.submitted", c.Refused(new EnterMeasure(form, "gad-7", 1, null, CourseSteps.Answers("gad-7", 3))).Code);
    }

    [Fact]
    public void Paper_completes_what_was_begun_by_link_and_keeps_its_answers()
    {
        var (form, session) = c.Invited();
        c.Do(new AnswerItem(form, 10, 2), Clinic.Client);
        c.Do(new EnterMeasure(form, "phq-9", 1, session, CourseSteps.Answers("phq-9", 8)));
        Assert.Equal((2, 8), (c.State.Measures[0].Answers[10], c.State.Measures[0].Score!.Total));
    }

    [Fact]
    public void Paper_of_another_instrument_does_not_go_into_this_form()
    {
        var (form, session) = c.Invited();
        Assert.Equal("measure.unknown", c.Refused(new EnterMeasure(form, "gad-7", 1, session, CourseSteps.Answers("gad-7", 8))).Code);
    }

    [Fact]
    public void Paper_is_checked_like_any_answer()
    {
        var id = c.New<RequestId>();
        EnterMeasure Paper(string instrument, ImmutableSortedDictionary<int, int?> answers, SessionId? session = null) => new(id, instrument, 1, session, answers);
        Assert.Equal("measure.unknown", c.Refused(Paper("wsas", CourseSteps.Answers("gad-7", 1))).Code);
        Assert.Equal("measure.nothing-answered", c.Refused(Paper("phq-9", ImmutableSortedDictionary<int, int?>.Empty)).Code);
        Assert.Equal("measure.bad-answer", c.Refused(Paper("gad-7", CourseSteps.Answers("phq-9", 1))).Code);
        Assert.Equal("session.unknown", c.Refused(Paper("gad-7", CourseSteps.Answers("gad-7", 1), c.New<SessionId>())).Code);
    }

    [Fact]
    public void A_result_is_read_once_and_only_after_hand_in()
    {
        var (form, _) = c.Invited();
        Assert.Equal("measure.not-submitted", c.Refused(new ReadResult(form)).Code);
        c.FillIn(form, 5);
        c.Do(new ReadResult(form));
        Assert.Equal(Clinic.TherapistId, c.State.Measures[0].ReadBy);
        Assert.Empty(c.Do(new ReadResult(form)));
        Assert.Equal("measure.unknown", c.Refused(new ReadResult(c.New<RequestId>())).Code);
    }

    [Fact]
    public void A_form_goes_on_while_the_course_is_on_hold_and_after_its_end()
    {
        var (form, session) = c.Invited();
        c.Do(new HoldCourse("Holiday"));
        c.Do(new AnswerItem(form, 1, 1), Clinic.Client);
        c.Do(new CloseCourse(CourseEnd.EndedByClient, "Moved away."));
        Assert.Equal(AttendanceCode.CancelledByService, c.Session(session).Attendance);
        c.Do(new AnswerItem(form, 9, 1), Clinic.Client);
        Assert.True(c.State.HasOpenAlert);
        c.Do(new SubmitMeasure(form), Clinic.Client);
    }
}
