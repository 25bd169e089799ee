using System.Text.Json.Serialization;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Protocols;

namespace IptCloud.Domain.Inventory;

/// <summary>What the relation is like, as the client sees it; drawn by shape in the closeness circle.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RelationQuality>))]
public enum RelationQuality
{
    /// <summary>A source of support.</summary>
    Supportive,
    /// <summary>Strained or distant.</summary>
    Strained,
    /// <summary>In open conflict.</summary>
    Conflict,
    /// <summary>Lost: dead, or gone from the client's life.</summary>
    Lost,
}

/// <summary>
/// A person of the interpersonal inventory. A third party who never consented: a pseudonym or initials by default,
/// and never in any message, log or metric (domain.md §2).
/// </summary>
/// <param name="Name">Pseudonym or initials.</param>
/// <param name="Relation">Who this is to the client.</param>
/// <param name="RingNow">Felt closeness now: 1 closest … 4 furthest.</param>
/// <param name="RingWished">Wished closeness: 1 … 4.</param>
/// <param name="Area">The problem area this person evidences; null if none.</param>
/// <param name="Expectations">What each expects of the other.</param>
/// <param name="Notes">What it is like with this person; change wanted.</param>
[GenerateSerializer, Immutable, Alias("ipt.inventory.person")]
public sealed record Person(PersonId Id, string Name, string Relation, int RingNow, int RingWished, RelationQuality Quality, FocusArea? Area, string Expectations, string Notes);
