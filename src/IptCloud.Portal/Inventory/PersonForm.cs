using System.Globalization;
using System.Text.Json;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Inventory;
using IptCloud.Domain.Protocols;
using IptCloud.Portal.Courses;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Inventory;

/// <summary>A person of the inventory as a form carries them.</summary>
public static class PersonForm
{
    /// <summary>The person as typed; what is missing is left for the decision to refuse.</summary>
    public static Person Read(Posted form, PersonId id) => new(
        id, form["person.name"], form["person.relation"], Ring(form["person.ringNow"]), Ring(form["person.ringWished"]),
        Enum.TryParse<RelationQuality>(form["person.quality"], out var quality) ? quality : default,
        Enum.TryParse<FocusArea>(form["person.area"], out var area) ? area : null, form["person.expectations"], form["person.notes"]);

    /// <summary>What the form showed, so that a stale form is noticed; empty for a new person.</summary>
    public static string Write(Person? seen) => seen is null ? "" : JsonSerializer.Serialize(seen);

    /// <summary>What the form showed; null for a new person.</summary>
    public static Person? ReadSeen(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonSerializer.Deserialize<Person>(text);
        }
        catch (JsonException)
        {
            // Not what we wrote: treated as a form that has seen nothing, so that nothing is overwritten.
            return null;
        }
    }

    /// <summary>A person as lines of text, for comparing two versions.</summary>
    public static string Say(Person p) => string.Join('\n',
        $"{p.Name}, {p.Relation}",
        $"Closeness: {CircleWords.Ring(p.RingNow)}; wished: {CircleWords.Ring(p.RingWished)}",
        $"{Labels.Of(p.Quality)}{(p.Area is { } area ? $", {Words.Of(area)}" : "")}",
        $"Expectations: {p.Expectations}",
        $"Notes: {p.Notes}");

    /// <summary>A ring as a choice's value.</summary>
    public static string Number(int? ring) => ring?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static int Ring(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ring) ? ring : 0;
}
