namespace IptCloud.Domain.Tests.Sessions;

/// <summary>An uncharted session is not a missed session (design.md, invariant 5).</summary>
public sealed class MissedSessionTests
{
    private readonly CourseDriver c = new CourseDriver().Started().Agreed();

    [Fact]
    public void End_and_grace_flag_the_session_to_the_therapist_and_send_nothing()
    {
        var id = c.Book()[0];
        c.WakeUntil(c.Session(id).EndsAt.AddMinutes(14));
        Assert.Null(c.Session(id).FlaggedAt);
        var sent = c.ToClient.Count();
        c.WakeFor(TimeSpan.FromMinutes(1));
        Assert.Equal(c.Session(id).EndsAt.AddMinutes(15), c.Session(id).FlaggedAt);
        c.WakeFor(TimeSpan.FromHours(23));
        Assert.Null(c.Session(id).Attendance);
        Assert.Equal(sent, c.ToClient.Count());
    }

    [Fact]
    public void Policy_records_the_miss_after_its_hours_and_then_the_client_hears_of_it_once()
    {
        var id = c.Book()[0];
        c.WakeUntil(c.Session(id).Time.CheckAt.AddHours(24));
        var missed = c.Session(id);
        Assert.Equal((AttendanceCode.DidNotAttend, true, null), (missed.Attendance!.Value, missed.ByPolicy, missed.RecordedBy));
        Assert.Equal(missed.Time.CheckAt.AddHours(48), missed.FollowUp!.DueBy);
        c.WakeFor(TimeSpan.FromDays(30));
        var message = Assert.Single(c.ToClient, m => m.Template == MessageTemplate.Rebook);
        Assert.Equal([new MessageIntent("rebook", id.Value, "1")], message.Intents);
        Assert.Equal(message.NotBefore.AddDays(14), message.ClosesAt);
    }

    [Fact]
    public void Without_hours_in_the_policy_only_a_person_records_a_miss()
    {
        c.Policy = c.Policy with { MissedAfterHours = null };
        var id = c.Book()[0];
        c.WakeUntil(c.Session(id).Time.CheckAt.AddDays(30));
        Assert.True(c.Session(id) is { FlaggedAt: not null, Attendance: null, MissedAt: null });
        c.Record(id, AttendanceCode.DidNotAttend);
        Assert.Equal((false, Clinic.TherapistId), (c.Session(id).ByPolicy, c.Session(id).RecordedBy!.Value));
    }

    [Theory]
    [InlineData("draft", "a draft note exists")]
    [InlineData("arrival", "the client arrived")]
    [InlineData("measure", "the client answered a form")]
    [InlineData("homework", "the client answered a form")]
    public void A_sign_that_the_session_took_place_leaves_the_miss_to_a_person(string sign, string evidence)
    {
        var id = c.Book()[0];
        var homework = c.SetHomework();
        c.WakeUntil(c.Session(id).Time.ReminderAt!.Value);
        c.WakeUntil(c.Session(id).Time.StartsAt);
        if (sign == "draft") c.Drafts.Add(id);
        if (sign == "arrival") c.Do(new NoteArrival(id));
        if (sign == "measure") c.Do(new AnswerItem(c.FormOf(id, "gad-7"), 1, 1), Clinic.Client);
        if (sign == "homework") c.Do(new AnswerHomework(homework, HomeworkAnswer.Did, ""), Clinic.Client);
        c.WakeFor(TimeSpan.FromDays(10));
        Assert.Equal(new MissLeftToPerson(id, evidence), Assert.Single(c.Journal, e => e.Event is MissLeftToPerson).Event);
        Assert.True(c.Session(id) is { Attendance: null, FlaggedAt: not null });
        Assert.DoesNotContain(c.ToClient, m => m.Template == MessageTemplate.Rebook);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nobody_expected_the_client_of_a_course_on_hold(bool flaggedBefore)
    {
        var id = c.Book()[0];
        if (flaggedBefore) c.WakeUntil(c.Session(id).Time.CheckAt);
        c.Do(new HoldCourse("A newborn."));
        c.WakeFor(TimeSpan.FromDays(30));
        Assert.True(c.Session(id) is { Attendance: null, FlaggedAt: not null, MissedAt: null });
        Assert.DoesNotContain(c.ToClient, m => m.Template == MessageTemplate.Rebook);
    }

    [Fact]
    public void An_answer_of_long_before_is_no_sign()
    {
        var homework = c.SetHomework();
        c.Do(new AnswerHomework(homework, HomeworkAnswer.Did, ""), Clinic.Client);
        var id = c.Book()[0];
        c.WakeUntil(c.Session(id).Time.CheckAt.AddHours(24));
        Assert.True(c.Session(id).ByPolicy);
    }

    [Fact]
    public void A_miss_recorded_in_the_evening_is_told_in_the_morning()
    {
        var id = c.Book(hour: 19)[0];
        c.WakeUntil(c.Session(id).EndsAt.AddMinutes(30));
        c.Record(id, AttendanceCode.DidNotAttend);
        c.WakeFor(TimeSpan.FromDays(1));
        Assert.Equal(new DateTime(2026, 9, 9, 8, 0, 0), LocalTime.ToLocal(c.ToClient.Single(m => m.Template == MessageTemplate.Rebook).NotBefore, Clinic.London));
    }

    [Fact]
    public void Following_up_closes_with_what_came_of_it()
    {
        var id = c.Book()[0];
        c.Attend(id, AttendanceCode.DidNotAttend);
        Assert.Equal("text", c.Refused(new CloseFollowUp(id, FollowUpOutcome.NotReached, "")).Field);
        Assert.Equal("outcome", c.Refused(new CloseFollowUp(id, (FollowUpOutcome)9, "x")).Field);
        c.Do(new CloseFollowUp(id, FollowUpOutcome.SafetyConcern, "Sister answered; worried."), Clinic.Supervisor);
        Assert.Equal(FollowUpOutcome.SafetyConcern, c.Session(id).FollowUp!.Outcome);
        Assert.Equal("follow-up.none", c.Refused(new CloseFollowUp(id, FollowUpOutcome.Reached, "x")).Code);
    }

    [Fact]
    public void A_wish_for_another_time_stands_until_it_is_followed_up_even_where_nothing_was_missed()
    {
        var id = c.Book()[0];
        Assert.Equal("follow-up.none", c.Refused(new CloseFollowUp(id, FollowUpOutcome.Reached, "x")).Code);
        c.Do(new RequestRebook(id), Clinic.Client);
        Assert.True(c.Session(id).RebookRequested);
        Assert.Empty(c.Do(new RequestRebook(id), Clinic.Client));
        c.Do(new CloseFollowUp(id, FollowUpOutcome.Reached, "Moved to Thursday."));
        Assert.False(c.Session(id).RebookRequested);
        Assert.Equal("session.unknown", c.Refused(new RequestRebook(c.New<SessionId>()), Clinic.Client).Code);
    }
}
