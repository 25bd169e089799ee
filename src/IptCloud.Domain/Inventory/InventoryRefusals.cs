namespace IptCloud.Domain.Inventory;

/// <summary>Every refusal about the inventory.</summary>
public static class InventoryRefusals
{
    /// <summary>No such person.</summary>
    public static Refusal Unknown { get; } = new("person.unknown", "", "This person is not in the inventory any more.");

    /// <summary>Closeness out of range.</summary>
    public static Refusal Ring(string field) => new("person.ring", field, "Closeness is a ring from 1 (closest) to 4 (furthest).");

    /// <summary>Too many people.</summary>
    public static Refusal Full { get; } = new("person.full", "name", "The inventory holds at most 40 people. Take someone out first.");

    /// <summary>Changed meanwhile.</summary>
    public static Refusal Changed(Person now) => new("person.changed", "name", "Someone changed this person meanwhile. Both versions are shown; yours is not saved yet.",
        $"{now.Name}, {now.Relation}. Ring {now.RingNow} now, {now.RingWished} wished. {now.Expectations} {now.Notes}".Trim());
}
