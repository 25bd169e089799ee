using IptCloud.Domain.Courses;
using IptCloud.Domain.Time;

namespace IptCloud.Domain.Contacts;

/// <summary>Decisions about contacts between sessions.</summary>
internal static class ContactDecisions
{
    public static Decision Record(CourseState s, RecordContact x, DecisionContext c)
    {
        if (s.Contacts.Any(k => k.Id == x.Contact)) return Decision.Accept();
        return Texts.Any(
            Enum.IsDefined(x.With) ? null : CourseRefusals.Missing("with", "whom the contact was with"),
            Enum.IsDefined(x.Way) ? null : CourseRefusals.Missing("way", "how you were in contact"),
            When(s, x.AtLocal, c),
            Texts.Required(x.Text, "text", "what was said or agreed", Texts.Note))
            ?? new ContactRecorded(x.Contact, x.With, x.Way, LocalTime.ToInstant(x.AtLocal, s.ClinicZone), Texts.Tidy(x.Text));
    }

    /// <summary>By the wall clock first: a day of the year 1 is no instant everywhere.</summary>
    private static Refusal? When(CourseState s, DateTime local, DecisionContext c)
    {
        var now = LocalTime.ToLocal(c.Now, s.ClinicZone);
        return local < now - ContactRefusals.LongestAgo ? ContactRefusals.TooLongAgo
            : local > now.AddDays(1) || LocalTime.ToInstant(local, s.ClinicZone) > c.Now ? ContactRefusals.NotYet : null;
    }
}
