namespace IptCloud.Domain.Tests.Courses;

/// <summary>Invisible marks of direction reorder the words around them, so no event holds one.</summary>
public sealed class TextTests
{
    private const string Reversed = "\u202EKim\u2069 \u2066(sister)\u202C";

    private readonly CourseDriver c = new CourseDriver().Started().Agreed();

    [Fact]
    public void What_is_recorded_holds_no_marks_of_direction()
    {
        var id = c.AttendNext(1)[0];
        c.Do(c.NoteFor(id, Reversed));
        c.Do(new AmendNote(id, Reversed, Reversed));
        c.Do(new HoldCourse(Reversed));
        c.Do(new RecordPerson(new(c.New<PersonId>(), Reversed, Reversed, 1, 2, RelationQuality.Lost, null, Reversed, Reversed), null));
        var person = c.State.People[^1];
        var note = c.Session(id).Note!;
        Assert.All([note.Text, note.Amendments[0].Text, note.Amendments[0].Reason, person.Name, person.Relation, person.Expectations, person.Notes], text => Assert.Equal("Kim (sister)", text));
    }

    [Fact]
    public void Text_of_nothing_else_is_missing()
    {
        var id = c.AttendNext(1)[0];
        Assert.Equal("text", c.Refused(c.NoteFor(id, "\u202E \u202C")).Field);
    }

    [Fact]
    public void Text_written_from_right_to_left_stays_as_it_is() => Assert.Equal("שלום, עולם", Texts.Plain("שלום, עולם"));
}
