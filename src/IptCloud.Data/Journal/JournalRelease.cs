using System.Globalization;
using IptCloud.Domain.Courses;

namespace IptCloud.Data.Journal;

/// <summary>
/// Up to which release this process writes. Readers come first: a release reads what it introduces from its first start, and writes
/// it only once told that no process of the release before is left, since that one could not open a course that holds it.
/// </summary>
/// <param name="Minor">The 2 of v0.2.</param>
public sealed record JournalRelease(int Minor)
{
    /// <summary>The first with a cluster.</summary>
    public static JournalRelease First { get; } = new(1);

    /// <summary>All that this program knows.</summary>
    public static JournalRelease Newest { get; } = new(2);

    /// <summary>What a process of the release before, which may still run beside this one, can read as well.</summary>
    public static JournalRelease Before { get; } = new(Newest.Minor - 1);

    /// <summary>Whether the event may be written yet.</summary>
    public bool Writes(CourseEvent e) => EventRegistry.SinceOf(e.GetType()) <= Minor;

    /// <summary>Whether an event of this type may be written yet: pages offer nothing that would be refused.</summary>
    public bool Writes<TEvent>() where TEvent : CourseEvent => EventRegistry.SinceOf(typeof(TEvent)) <= Minor;

    /// <summary>Reads "0.2"; null if it is no release that this program can write as.</summary>
    public static JournalRelease? Parse(string text) =>
        Enumerable.Range(First.Minor, Newest.Minor).Select(minor => new JournalRelease(minor)).FirstOrDefault(r => r.ToString() == text.Trim().TrimStart('v'));

    /// <summary>"0.2".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"0.{Minor}");
}
