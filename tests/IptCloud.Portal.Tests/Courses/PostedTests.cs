using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Inventory;
using IptCloud.Domain.Protocols;
using IptCloud.Portal.Inventory;
using IptCloud.Portal.Measures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace IptCloud.Portal.Courses;

public sealed class PostedTests
{
    [Fact]
    public void Typed_text_wins_over_what_stood_there_also_when_it_is_empty()
    {
        var posted = Form(("which", "hold"), ("hold.reason", ""));

        Assert.Equal("", posted.Or("hold.reason", "before"));
        Assert.Equal("before", posted.Or("focus.reason", "before"));
    }

    [Fact]
    public void Unticked_box_stays_unticked_on_its_own_form_only()
    {
        var posted = Form(("which", "homework"));

        Assert.False(posted.Ticked("homework.prompt", true));
        Assert.True(posted.Ticked("other.prompt", true));
    }

    [Fact]
    public void The_same_form_is_the_same_command_and_a_corrected_one_is_another()
    {
        var id = Guid.NewGuid().ToString("N");
        Posted Sent(string token, params (string, string)[] fields) => Form([("__RequestVerificationToken", token), ("command", id), ("which", "contact"), .. fields]);

        var first = Sent("a", ("contact.text", "one"), ("contact.time", "9:00"));
        Assert.Equal(first.Command, Sent("b", ("contact.time", "9:00"), ("contact.text", "one")).Command);
        Assert.NotEqual(first.Command, Sent("a", ("contact.text", "two"), ("contact.time", "9:00")).Command);
        Assert.NotEqual(first.Command, Sent("a", ("contact.text", "one9:00"), ("contact.time", "")).Command);
        Assert.Equal(first.CommandOf(f => f == "contact.time"), Sent("a", ("contact.text", "two"), ("contact.time", "9:00")).CommandOf(f => f == "contact.time"));
        Assert.Equal(id, first.FormId.ToString());
    }

    [Fact]
    public void Line_ends_are_the_same_whether_script_or_form_sent_them() => Assert.Equal("a\nb", Form(("note.text", "a\r\nb"))["note.text"]);

    [Fact]
    public void What_a_person_s_form_showed_comes_back_as_it_was()
    {
        var person = new Person(new(Guid.NewGuid()), "K “<”", "Sister", 2, 1, RelationQuality.Strained, FocusArea.RoleDispute, "line\nline", "");

        Assert.Equal(person, PersonForm.ReadSeen(PersonForm.Write(person)));
        Assert.Null(PersonForm.ReadSeen(""));
        Assert.Null(PersonForm.ReadSeen("{"));
    }

    [Fact]
    public void Open_declined_and_given_answers_are_told_apart()
    {
        var phq = Catalog.Current.Instrument("phq-9", 1)!;
        var command = EnterForm.Read(Form(("enter.phq-9.1", "3"), ("enter.phq-9.2", "declined"), ("enter.phq-9.10", "1")), phq, null, new(Guid.NewGuid()))!;

        Assert.Equal([(1, 3), (2, null), (10, 1)], command.Answers.Select(a => (a.Key, a.Value)));
        Assert.Null(EnterForm.Read(Form(), phq, null, new(Guid.NewGuid())));
    }

    [Fact]
    public void Same_form_sent_twice_enters_the_same_request()
    {
        var (phq, command) = (Catalog.Current.Instrument("phq-9", 1)!, new CommandId(Guid.NewGuid()));
        var posted = Form(("enter.phq-9.1", "0"));

        Assert.Equal(EnterForm.Read(posted, phq, null, command)!.Request, EnterForm.Read(posted, phq, null, command)!.Request);
    }

    [Theory]
    [InlineData("3:00", "3:00 is at night. For the afternoon write 15:00.")]
    [InlineData("22:30", "22:30 is at night. For the morning write 10:30.")]
    [InlineData("6:00", null)]
    [InlineData("21:55", null)]
    [InlineData("", "Write the time as hours and minutes, such as 14:30")]
    public void A_session_at_night_is_asked_about_at_the_time_field(string typed, string? said)
    {
        var wrong = new Dictionary<string, string>();

        Sessions.LocalFields.Read(Form(("which", "book"), ("book.date.Day", "1"), ("book.date.Month", "12"), ("book.date.Year", "2026"), ("book.time", typed)), wrong.Add);

        Assert.Equal(said, wrong.GetValueOrDefault("time"));
        Assert.DoesNotContain("date", wrong.Keys);
    }

    private static Posted Form(params (string Key, string Value)[] fields) =>
        new(new FormCollection(fields.ToDictionary(f => f.Key, f => new StringValues(f.Value))));
}
