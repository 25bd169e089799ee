using System.Collections.Immutable;
using IptCloud.Contracts.Courses;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Portal.Links;

public sealed class LinkPlanTests
{
    private static readonly ImmutableSortedDictionary<int, int?> None = ImmutableSortedDictionary<int, int?>.Empty;

    [Fact]
    public void Questions_are_numbered_through_with_the_difficulty_question_last_of_its_form()
    {
        var plan = Plan(Measure("phq-9"), Measure("gad-7"));

        Assert.Equal(Enumerable.Range(1, 17), plan.Questions.Select(q => q.Number));
        Assert.Equal([10], plan.Questions.Where(q => q.IsDifficulty).Select(q => q.Number));
        Assert.Null(plan.Questions[9].Stem);
        Assert.Equal("/l/t/q/1", plan.Next);
    }

    [Fact]
    public void Only_the_safety_item_calls_for_help_and_only_above_not_at_all()
    {
        var plan = Plan(Measure("phq-9"), Measure("gad-7"));

        Assert.Equal([9], plan.Questions.Where(q => q.Choices.Any(c => c.Crisis)).Select(q => q.Number));
        Assert.Equal(["1", "2", "3"], plan.Questions[8].Choices.Where(c => c.Crisis).Select(c => c.Value));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(null, false)]
    public void A_positive_safety_item_calls_for_help_whether_or_not_the_form_was_handed_in(int? answer, bool help)
    {
        Assert.Equal(help, Plan(Measure("phq-9", None.Add(9, answer))).CallsForHelp);
        Assert.Equal(help, Plan(Measure("phq-9", None.Add(9, answer), isDone: true)).CallsForHelp);
    }

    [Fact]
    public void Help_stays_when_the_answer_that_called_for_it_is_taken_back() =>
        Assert.True(Plan(Measure("phq-9", None.Add(9, 0)) with { CalledForHelp = true }).CallsForHelp);

    [Fact]
    public void Somebody_without_problems_is_not_asked_how_difficult_they_made_it()
    {
        var untroubled = Plan(Measure("phq-9", Answers(9, 0)), Measure("gad-7"));
        var declined = Plan(Measure("phq-9", Answers(9, 0).SetItem(4, null)), Measure("gad-7"));

        Assert.Equal("/l/t/q/11", untroubled.After(untroubled.Questions[8]));
        Assert.Equal("/l/t/q/9", untroubled.Before(untroubled.Questions[10]));
        Assert.Equal("/l/t/q/10", declined.After(declined.Questions[8]));
    }

    [Fact]
    public void The_answer_just_given_decides_what_is_asked_next()
    {
        var plan = Plan(Measure("phq-9", Answers(8, 0)), Measure("gad-7"));
        var last = plan.Questions[8];

        Assert.Equal("/l/t/q/11", plan.With(last, 0).After(last));
        Assert.Equal("/l/t/q/10", plan.With(last, 1).After(last));
    }

    [Fact]
    public void A_link_goes_on_where_it_was_left_and_declined_is_answered()
    {
        Assert.Equal("/l/t/q/4", Plan(Measure("phq-9", Answers(3, 1).SetItem(2, null))).Next);
        Assert.Equal("/l/t/check", Plan(Measure("gad-7", Answers(7, 1))).Next);
    }

    [Fact]
    public void What_is_left_leaves_out_what_was_answered_and_what_is_not_asked()
    {
        var (fresh, resumed, untroubled) = (Plan(Measure("phq-9")), Plan(Measure("phq-9", Answers(5, 1).SetItem(2, null))), Plan(Measure("phq-9", Answers(9, 0))));

        Assert.Equal([(10, false), (5, true), (0, true)], new[] { fresh, resumed, untroubled }.Select(p => (p.Left, p.IsResumed)));
        Assert.True(resumed.Minutes < fresh.Minutes);
    }

    [Fact]
    public void After_the_questions_come_tasks_then_another_time_then_thanks()
    {
        Assert.Equal("/l/t/task/2", Plan(Measure("gad-7", isDone: true), Task(true), Task(false), Rebook(false)).Next);
        Assert.Equal("/l/t/time", Plan(Task(true), Rebook(false)).Next);
        Assert.Equal("/l/t/done", Plan(Task(true), Rebook(true)).Next);
    }

    [Fact]
    public void A_form_that_is_not_shipped_has_no_questions() => Assert.Empty(Plan(Measure("unknown")).Questions);

    [Theory]
    [InlineData(1, "phq-9")]
    [InlineData(2, "phq-9", "gad-7")]
    public void The_time_it_takes_is_rounded_to_minutes_and_never_none(int atLeast, params string[] instruments) =>
        Assert.InRange(Plan([.. instruments.Select(i => Measure(i))]).Minutes, atLeast, 5);

    private static LinkPlan Plan(params TaskStep[] steps) => new("t", new(new MessageId(Guid.NewGuid()), DateTimeOffset.UnixEpoch, true, [.. steps]));

    private static ImmutableSortedDictionary<int, int?> Answers(int count, int value) => Enumerable.Range(1, count).ToImmutableSortedDictionary(i => i, _ => (int?)value);

    private static TaskStep Measure(string instrument, ImmutableSortedDictionary<int, int?>? answers = null, bool isDone = false) =>
        new(TaskStepKind.Measure, Guid.NewGuid(), instrument, 1, null, null, answers ?? None, isDone);

    private static TaskStep Task(bool isDone) => new(TaskStepKind.Homework, Guid.NewGuid(), null, 0, "A title", "Steps", None, isDone);

    private static TaskStep Rebook(bool isDone) => new(TaskStepKind.Rebook, Guid.NewGuid(), null, 0, null, null, None, isDone);
}
