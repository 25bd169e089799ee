using System.Collections.Immutable;

namespace IptCloud.Domain.Courses;

/// <summary>The outcome of a decision: events to record, or refusals. An accepted command may have nothing to record.</summary>
public readonly record struct Decision(ImmutableArray<CourseEvent> Events, ImmutableArray<Refusal> Refusals)
{
    /// <summary>True if nothing stands against the command.</summary>
    public bool IsAccepted => Refusals.IsDefaultOrEmpty;

    /// <summary>Accepts with these events; none if all is as wished already.</summary>
    public static Decision Accept(params ReadOnlySpan<CourseEvent> events) => new([.. events], []);

    /// <summary>Refuses, naming every reason at once.</summary>
    public static Decision Refuse(params ReadOnlySpan<Refusal> refusals) => new([], [.. refusals]);

    /// <summary>Lets a decision simply return a refusal.</summary>
    public static implicit operator Decision(Refusal refusal) => Refuse(refusal);

    /// <summary>Lets a decision simply return an event.</summary>
    public static implicit operator Decision(CourseEvent accepted) => Accept(accepted);
}
