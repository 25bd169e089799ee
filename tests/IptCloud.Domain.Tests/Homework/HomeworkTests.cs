namespace IptCloud.Domain.Tests.Homework;

/// <summary>Tasks for between sessions: optional, and never a failure.</summary>
public sealed class HomeworkTests
{
    private readonly CourseDriver c = new CourseDriver().Started().Agreed();

    [Fact]
    public void A_task_is_answered_once_by_link_until_the_end_of_its_day()
    {
        var id = c.SetHomework(dueInDays: 3);
        Assert.Equal(LocalTime.ToInstant(c.Today.AddDays(4).ToDateTime(default), Clinic.London), c.State.Homework[0].ClosesAt);
        c.Do(new AnswerHomework(id, HomeworkAnswer.NotYet, " Next week. "), Clinic.Client);
        Assert.Equal((HomeworkAnswer.NotYet, "Next week.", false), (c.State.Homework[0].Answer!.Value, c.State.Homework[0].AnswerText, c.State.Homework[0].IsOpen));
        Assert.Empty(c.Do(new AnswerHomework(id, HomeworkAnswer.NotYet, "Next week."), Clinic.Client));
        Assert.Equal("homework.answered", c.Refused(new AnswerHomework(id, HomeworkAnswer.Did, ""), Clinic.Client).Code);
        Assert.Equal("homework.answered", c.Refused(new WithdrawHomework(id)).Code);
    }

    [Fact]
    public void After_its_day_only_the_therapist_answers()
    {
        var id = c.SetHomework(dueInDays: 1);
        c.WakeUntil(c.State.Homework[0].ClosesAt);
        Assert.Equal("homework.expired", c.Refused(new AnswerHomework(id, HomeworkAnswer.Did, ""), Clinic.Client).Code);
        c.Do(new AnswerHomework(id, HomeworkAnswer.Did, "Told me."));
    }

    [Fact]
    public void A_withdrawn_task_is_gone()
    {
        var id = c.SetHomework();
        c.Do(new WithdrawHomework(id));
        Assert.Empty(c.Do(new WithdrawHomework(id)));
        Assert.Equal("homework.unknown", c.Refused(new AnswerHomework(id, HomeworkAnswer.Did, ""), Clinic.Client).Code);
        Assert.Equal("homework.unknown", c.Refused(new WithdrawHomework(c.New<HomeworkId>())).Code);
    }

    [Fact]
    public void What_can_not_be_set_or_answered_is_refused()
    {
        var set = new SetHomework(c.New<HomeworkId>(), null, "Title", "Steps", c.Today, true);
        Assert.Equal("homework.due-in-past", c.Refused(set with { DueOn = c.Today.AddDays(-1) }).Code);
        Assert.Equal("homework.due-in-past", c.Refused(set with { DueOn = DateOnly.MaxValue }).Code);
        Assert.Equal(3, c.Try(set with { Title = "", Steps = "", DueOn = default }).Refusals.Length);
        c.Do(set);
        Assert.Empty(c.Do(set));
        Assert.Equal("answer", c.Refused(new AnswerHomework(set.Homework, (HomeworkAnswer)9, ""), Clinic.Client).Field);
    }

    [Fact]
    public void The_library_has_at_most_three_questions_and_disputes_carry_a_safety_note()
    {
        var all = Catalog.Current.Protocols.SelectMany(p => p.Homework).Distinct().Select(id => Catalog.Current.Homework(id)!).ToList();
        Assert.NotEmpty(all);
        Assert.All(all, h => Assert.InRange(h.Questions.Length, 0, 3));
        Assert.All(all.Where(h => h.Area == FocusArea.RoleDispute), h => Assert.False(string.IsNullOrWhiteSpace(h.SafetyNote)));
        Assert.All(Enum.GetValues<FocusArea>(), area => Assert.Contains(all, h => h.Area == area));
        Assert.All(Enum.GetValues<FocusArea>(), area => Assert.Contains(Catalog.Current.Strategies, k => k.Area == area));
    }
}
