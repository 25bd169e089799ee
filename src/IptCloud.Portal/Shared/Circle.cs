namespace IptCloud.Portal.Shared;

/// <summary>What a relationship is like now. Each has its own shape.</summary>
public enum BondKind
{
    /// <summary>Supportive: a filled disc.</summary>
    Supportive,

    /// <summary>Strained or distant: a broken ring.</summary>
    Strained,

    /// <summary>In conflict: a diamond.</summary>
    Conflict,

    /// <summary>Lost: a square.</summary>
    Lost,
}

/// <summary>A person on the closeness circle.</summary>
/// <param name="Name">As the client calls them.</param>
/// <param name="Ring">1 is the closest, 4 the furthest.</param>
/// <param name="Kind">What it is like now.</param>
/// <param name="Relation">Mother, colleague, …</param>
/// <param name="WishedRing">Where the client would like them to be.</param>
/// <param name="Href">The person's entry in the inventory.</param>
public sealed record CirclePerson(string Name, int Ring, BondKind Kind, string? Relation = null, int? WishedRing = null, string? Href = null)
{
    internal int RingNow => Math.Clamp(Ring, 1, 4);
    internal int? RingWished => WishedRing is { } ring && Math.Clamp(ring, 1, 4) != RingNow ? Math.Clamp(ring, 1, 4) : null;
}

/// <summary>Words for rings and kinds.</summary>
public static class CircleWords
{
    /// <summary>The four rings from the centre.</summary>
    public static IReadOnlyList<string> Rings { get; } = ["Closest", "Close", "Less close", "Distant"];

    /// <summary>The words for a ring.</summary>
    public static string Ring(int ring) => Rings[Math.Clamp(ring, 1, 4) - 1];

    /// <summary>The words for a kind.</summary>
    public static string Words(this BondKind kind) => kind switch
    {
        BondKind.Supportive => "Supportive",
        BondKind.Strained => "Strained or distant",
        BondKind.Conflict => "In conflict",
        _ => "Lost",
    };
}
