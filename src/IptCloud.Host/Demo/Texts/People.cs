using System.Collections.Immutable;
using IptCloud.Domain.Inventory;
using IptCloud.Domain.Protocols;

namespace IptCloud.Host.Demo.Texts;

/// <summary>The people of invented inventories: pseudonyms and initials, as a therapist would write them.</summary>
internal static class People
{
    private sealed record Sketch(string Name, string Relation, int Now, int Wished, RelationQuality Quality, string Expectations, string Notes);

    private static readonly ImmutableArray<Sketch> Anyone =
    [
        new("Mum", "Mother", 2, 2, RelationQuality.Supportive, "Rings every Sunday; wants to hear that all is well.", "Warm, but does not hear much of the illness."),
        new("J.", "Close friend", 2, 1, RelationQuality.Supportive, "Would like to be told how bad it is.", "Offered to come along to the first appointment."),
        new("K.", "Sister", 3, 2, RelationQuality.Strained, "Each waits for the other to ring first.", "Fewer visits since the move."),
        new("G.", "Godfather", 3, 3, RelationQuality.Strained, "Expects that one gets on with things.", "Has had low spells of his own and never said so."),
        new("R.", "Colleague", 3, 3, RelationQuality.Supportive, "Covers when needed and asks nothing.", "Lunch together on Wednesdays."),
        new("The boss", "Manager", 4, 4, RelationQuality.Conflict, "Expects hours that cannot be kept at present.", "Meetings are avoided."),
        new("Aunt L.", "Aunt", 3, 2, RelationQuality.Supportive, "Likes company on market days.", "Easy to be with."),
        new("S.", "Neighbour", 4, 3, RelationQuality.Supportive, "A chat at the door.", "Has a spare key."),
        new("N.", "Old school friend", 4, 2, RelationQuality.Strained, "No contact for two years; nobody quarrelled.", "Wishes to write, does not know how to begin."),
    ];

    private static ImmutableArray<Sketch> OfFocus(FocusArea focus) => focus switch
    {
        FocusArea.Grief =>
        [
            new("Father (d. March)", "Father", 1, 1, RelationQuality.Lost, "Was the one who was asked for advice.", "Died after a short illness; the last talk was about the car. Not much crying since."),
            new("B.", "Brother", 3, 2, RelationQuality.Strained, "Expected to share the clearing of the house; came once.", "Both avoid speaking of the funeral."),
        ],
        FocusArea.RoleDispute =>
        [
            new("P.", "Partner", 2, 1, RelationQuality.Conflict, "One expects evenings together; the other expects quiet after work.", "Arguments about money and chores; then days of silence."),
            new("P.'s mother", "Mother-in-law", 3, 4, RelationQuality.Conflict, "Expects to be consulted about the children.", "Calls during arguments."),
        ],
        FocusArea.RoleTransition =>
        [
            new("The old team", "Former colleagues", 4, 3, RelationQuality.Lost, "Used to be the daily company.", "No contact since leaving; misses being needed."),
            new("C.", "Partner", 1, 1, RelationQuality.Supportive, "Expects that life will soon be as it was.", "Kind, at a loss what to do."),
        ],
        _ =>
        [
            new("T.", "Flatmate", 3, 2, RelationQuality.Strained, "Says hello; neither asks further.", "Would like to be asked to join in."),
            new("The choir", "Group, left last year", 4, 2, RelationQuality.Lost, "Somebody once rang to ask.", "Left after a remark that was perhaps not meant."),
        ],
    };

    /// <summary>How many people this client names.</summary>
    public static int CountOf(DemoCase story) => story.Dice.Between(4, 8, "people");

    /// <summary>The people of a client: first those whom the focus is about.</summary>
    public static Person Of(DemoCase story, int index)
    {
        var focus = OfFocus(story.Focus);
        var sketch = index < focus.Length ? focus[index] : Anyone[(story.Index * 2 + index) % Anyone.Length];
        return new(story.Derive<Domain.Identifiers.PersonId>($"person/{index}"), sketch.Name, sketch.Relation, sketch.Now, sketch.Wished, sketch.Quality,
            index < focus.Length ? story.Focus : null, sketch.Expectations, sketch.Notes);
    }
}
