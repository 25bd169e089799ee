namespace IptCloud.Domain.Tests.Sessions;

/// <summary>Signed text never changes; an amendment is added (design.md, invariant 8).</summary>
public sealed class NoteTests
{
    private readonly CourseDriver c = new CourseDriver().Started().Agreed();

    [Fact]
    public void A_note_is_signed_after_attendance_and_only_added_to()
    {
        var id = c.Book()[0];
        Assert.Equal("note.attendance-first", c.Refused(c.NoteFor(id)).Code);
        c.Attend(id);
        Assert.Equal("note.not-signed", c.Refused(new AmendNote(id, "x", "x")).Code);
        c.Do(c.NoteFor(id, "As it was."));
        c.Do(new AmendNote(id, "First addition.", "Forgotten."));
        c.Do(new AmendNote(id, "Second addition.", "Forgotten too."));
        var note = c.Session(id).Note!;
        Assert.Equal(("As it was.", Clinic.TherapistId), (note.Text, note.SignedBy));
        Assert.Equal(["First addition.", "Second addition."], note.Amendments.Select(a => a.Text));
        Assert.Equal(2, c.Try(new AmendNote(id, "", "")).Refusals.Length);
    }

    [Fact]
    public void In_the_middle_phase_every_attended_session_names_a_strategy()
    {
        var first = c.AttendNext(3)[0];
        c.EnterNext();
        var id = c.AttendNext(1)[0];
        Assert.Equal("note.strategy-missing", c.Refused(c.NoteFor(id) with { Strategies = [] }).Code);
        Assert.Equal("note.strategy-missing", c.Refused(c.NoteFor(id) with { Strategies = default }).Code);
        c.Do(c.NoteFor(first) with { Strategies = default, Techniques = default });
        c.Do(c.NoteFor(id));
    }

    [Fact]
    public void Only_the_listed_codes_are_recorded()
    {
        var id = c.AttendNext(1)[0];
        Assert.Equal("note.unknown-code", c.Refused(c.NoteFor(id) with { Strategies = ["cbt.exposure"] }).Code);
        Assert.Equal("note.unknown-code", c.Refused(c.NoteFor(id) with { Techniques = ["hypnosis"] }).Code);
        Assert.Equal("text", c.Refused(c.NoteFor(id, " ")).Field);
        Assert.Equal("session.unknown", c.Refused(c.NoteFor(c.New<SessionId>())).Code);
    }
}
