using IptCloud.Domain.Courses;
using IptCloud.Domain.Homework;
using IptCloud.Domain.Sessions;
using IptCloud.Portal.Courses;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Sessions;

public sealed class AgendaTests
{
    private static readonly DateTimeOffset Start = SampleCourse.Start;

    [Fact]
    public void Alert_comes_first_then_results_homework_and_tasks()
    {
        var course = SampleCourse.Begun();
        var s = course.Book(2);
        var request = course.Ask(s[1]);
        var homework = new IptCloud.Domain.Identifiers.HomeworkId(course.Next());
        course.Record(s[0], AttendanceCode.Attended).Add(Start.AddHours(1), new HomeworkSet(homework, null, "Ring K", "…", new(2026, 10, 13), null, Start.AddDays(8)))
            .Add(Start.AddDays(3), new HomeworkAnswered(homework, HomeworkAnswer.Partly, "Only a text"), "client").HandIn(request, Start.AddDays(6), 1)
            .Add(Start.AddDays(6), new AlertRaised(new(course.Next()), request, 1), "client");

        var items = Agenda.Of(course.Context(Start.AddDays(7)), course.State.Session(s[1])!);

        Assert.Equal(Tone.Alert, items[0].Tone);
        Assert.StartsWith("PHQ-9 of 12 October 2026: 9, mild", items[1].Text, StringComparison.Ordinal);
        Assert.Equal(("Last homework: Ring K", "Partly. Only a text"), (items[2].Text, items[2].Detail));
        Assert.Equal(7, items.Count(i => i.Href?.Contains("/plan#task-", StringComparison.Ordinal) == true));
    }

    [Fact]
    public void Form_not_returned_is_to_be_filled_in_together()
    {
        var course = SampleCourse.Begun();
        var s = course.Book(1);
        course.Ask(s[0]);

        Assert.Contains(Agenda.Of(course.Context(Start), course.State.Session(s[0])!), i => i.Text == "PHQ-9 not returned: fill in together" && i.Href!.EndsWith($"enter?session={s[0]}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(11, false)]
    [InlineData(12, true)]
    public void Ending_is_named_four_sessions_out(int attended, bool expected)
    {
        var course = SampleCourse.Begun();
        var s = course.Book(16);
        foreach (var session in s.Take(attended)) course.Record(session, AttendanceCode.Attended);

        Assert.Equal(expected, Agenda.Of(course.Context(Start.AddDays(7 * attended)), course.State.Session(s[attended])!).Any(i => i.Tag == "Ending"));
    }

    [Fact]
    public void Nothing_is_due_once_the_note_is_signed()
    {
        var course = SampleCourse.Begun();
        var s = course.Book(1);
        course.Record(s[0], AttendanceCode.Attended).Add(Start.AddHours(2), new NoteSigned(s[0], "…", [], []));

        Assert.Empty(Agenda.Of(course.Context(Start.AddHours(3)), course.State.Session(s[0])!));
    }
}
