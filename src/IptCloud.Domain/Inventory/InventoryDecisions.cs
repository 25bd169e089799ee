using IptCloud.Domain.Courses;

namespace IptCloud.Domain.Inventory;

/// <summary>Decisions about the people of the inventory.</summary>
internal static class InventoryDecisions
{
    private const int MostPeople = 40;

    public static Decision Record(CourseState s, RecordPerson x)
    {
        var p = x.Person with
        {
            Name = Texts.Tidy(x.Person.Name), Relation = Texts.Tidy(x.Person.Relation), Expectations = Texts.Plain(x.Person.Expectations), Notes = Texts.Plain(x.Person.Notes),
        };
        var now = s.People.FirstOrDefault(q => q.Id == p.Id);
        if (now == p) return Decision.Accept();
        if (x.Seen is not null && now is null) return InventoryRefusals.Unknown;
        return Texts.Any(
            now is not null && now != x.Seen ? InventoryRefusals.Changed(now) : null,
            now is null && s.People.Length >= MostPeople ? InventoryRefusals.Full : null,
            Texts.Required(p.Name, "name", "a name, initials or a pseudonym", 60),
            Texts.Required(p.Relation, "relation", "who this is to the client", 60),
            p.RingNow is < 1 or > 4 ? InventoryRefusals.Ring("ringNow") : null,
            p.RingWished is < 1 or > 4 ? InventoryRefusals.Ring("ringWished") : null,
            Texts.Optional(p.Expectations, "expectations", "the expectations", Texts.Paragraph),
            Texts.Optional(p.Notes, "notes", "the notes", Texts.Paragraph)) ?? new PersonRecorded(p);
    }

    public static Decision Remove(CourseState s, RemovePerson x) =>
        s.People.Any(p => p.Id == x.Person) ? new PersonRemoved(x.Person) : Decision.Accept();
}
