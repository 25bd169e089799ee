namespace IptCloud.Domain.Tests.Contacts;

/// <summary>Contacts between sessions: recorded once, whatever the status, and never changed.</summary>
public sealed class ContactTests
{
    private readonly CourseDriver c = new CourseDriver().Started();

    [Fact]
    public void A_contact_is_recorded_once_with_who_when_and_what()
    {
        var contact = Called(" Spoke for ten minutes. ");
        c.Do(contact);
        Assert.Empty(c.Do(contact with { Text = "Something else" }));
        var kept = Assert.Single(c.State.Contacts);
        Assert.Equal((contact.Contact, ContactParty.Client, ContactWay.Telephone, "Spoke for ten minutes.", Clinic.TherapistId), (kept.Id, kept.With, kept.Way, kept.Text, kept.By!.Value));
        Assert.Equal(LocalTime.ToInstant(contact.AtLocal, Clinic.London), kept.At);
    }

    [Fact]
    public void What_cannot_be_a_contact_is_refused_at_its_field()
    {
        Assert.Equal(("contact.not-yet", "date"), Refusal(Called() with { AtLocal = c.LocalNow.AddMinutes(1) }));
        Assert.Equal(("contact.too-long-ago", "date"), Refusal(Called() with { AtLocal = c.LocalNow.AddDays(-367) }));
        Assert.Equal(("missing", "text"), Refusal(Called(" ")));
        Assert.Equal(("missing", "text"), Refusal(Called("\u200F\u200B \u202E"))); // nothing that shows
        Assert.Equal(("too-long", "text"), Refusal(Called(new('x', Texts.Note + 1))));
        Assert.Equal(("missing", "with"), Refusal(Called() with { With = (ContactParty)9 }));
        Assert.Equal(("missing", "way"), Refusal(Called() with { Way = (ContactWay)9 }));
        Assert.Empty(c.State.Contacts);
    }

    [Fact]
    public void People_can_be_reached_before_the_course_begins_while_it_rests_and_after_it_ended()
    {
        var referred = new CourseDriver().Referred();
        referred.Do(Called() with { Contact = referred.New<ContactId>(), AtLocal = referred.LocalNow });
        c.Do(new HoldCourse("Moves house"));
        c.Do(Called());
        c.Do(new CloseCourse(CourseEnd.EndedByClient, "Moved away."));
        c.Do(Called());
        Assert.Equal(2, c.State.Contacts.Length);
    }

    /// <summary>v0.1 sends and keeps states that know of no contacts.</summary>
    [Fact]
    public void A_state_that_came_without_contacts_has_none() => Assert.Empty((c.State with { Contacts = default }).Contacts);

    private RecordContact Called(string text = "Called.") => new(c.New<ContactId>(), ContactParty.Client, ContactWay.Telephone, c.LocalNow, text);

    private (string, string) Refusal(RecordContact contact) => (c.Refused(contact).Code, c.Refused(contact).Field);
}
