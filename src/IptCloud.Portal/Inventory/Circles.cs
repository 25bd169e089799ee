using IptCloud.Domain.Inventory;
using IptCloud.Portal.Courses;
using IptCloud.Portal.Shared;

namespace IptCloud.Portal.Inventory;

/// <summary>People of an inventory as the closeness circle draws them.</summary>
public static class Circles
{
    /// <summary>In the order of the inventory, so that the numbers of a narrow drawing are those of the table.</summary>
    public static IReadOnlyList<CirclePerson> Of(IEnumerable<Person> people) =>
        [.. people.Select(p => new CirclePerson(p.Name, p.RingNow, Kind(p.Quality), p.Relation, p.RingWished == p.RingNow ? null : p.RingWished))];

    /// <summary>How a relation is drawn. Lost people stand where they are felt.</summary>
    public static BondKind Kind(RelationQuality quality) => quality switch
    {
        RelationQuality.Supportive => BondKind.Supportive,
        RelationQuality.Conflict => BondKind.Conflict,
        RelationQuality.Lost => BondKind.Lost,
        _ => BondKind.Strained,
    };

    /// <summary>The rings as choices.</summary>
    public static IReadOnlyList<Choice> Rings { get; } =
        [.. Enumerable.Range(1, 4).Select(r => new Choice(r.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{r} {CircleWords.Ring(r)}"))];

    /// <summary>The qualities as choices.</summary>
    public static IReadOnlyList<Choice> Qualities { get; } = [.. Enum.GetValues<RelationQuality>().Select(q => new Choice(q.ToString(), Labels.Of(q)))];
}
