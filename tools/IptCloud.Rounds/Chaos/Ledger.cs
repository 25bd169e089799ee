using System.Collections.Concurrent;
using System.Collections.Immutable;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Rounds.Chaos;

/// <summary>A change that was answered as carried out.</summary>
/// <param name="Commands">The ids that it may have: that of its form, by which v0.1 went, and the one that follows from it and what was filled in; none for an answer of a client, whose command's id the server derives.</param>
/// <param name="Texts">Words of which one stands in this change's event and in no other; empty if it has none.</param>
internal sealed record Change(CourseId Course, ImmutableArray<CommandId> Commands, ImmutableArray<string> Texts);

/// <summary>A draft that was answered as saved.</summary>
internal sealed record DraftSaved(CourseId Course, SessionId Session, int Revision, string Text);

/// <summary>A session that was answered as booked.</summary>
/// <param name="At">When: the client's letter is due from then on.</param>
/// <param name="Sessions">The ids that it may have, by the command's.</param>
internal sealed record Booking(DateTimeOffset At, CourseId Course, params ImmutableArray<SessionId> Sessions)
{
    /// <summary>Its id, where it was booked past the pages and can be but one.</summary>
    public SessionId Session => Sessions.Single();
}

/// <summary>What the people were told is done, written down after the answer and not before.</summary>
internal sealed class Ledger(TextWriter log)
{
    public ConcurrentQueue<Change> Changes { get; } = [];

    /// <summary>All processes write what v0.2 introduced: therapists record contacts from then on.</summary>
    public bool HasContacts { get; set; }

    public ConcurrentQueue<DraftSaved> Drafts { get; } = [];

    /// <summary>By the client's address.</summary>
    public ConcurrentDictionary<string, Booking> Booked { get; } = new();

    public int Acknowledged => Changes.Count + Drafts.Count;

    public void Add(CourseId course, ImmutableArray<CommandId> commands, params ImmutableArray<string> texts)
    {
        Changes.Enqueue(new(course, commands, [.. texts.Where(t => t.Length > 0)]));
        Write($"{course} {string.Join('|', commands)} {string.Join('|', texts)}");
    }

    public void Add(DraftSaved draft)
    {
        Drafts.Enqueue(draft);
        Write($"{draft.Course} {draft.Session}/{draft.Revision} {draft.Text}");
    }

    /// <summary>A client's answer to the n-th question of the forms that come with a session: the PHQ-9 with its question about difficulty, then the GAD-7.</summary>
    public void Add(Booking booking, int question, string value)
    {
        var (instrument, item) = question <= 10 ? ("phq-9", question) : ("gad-7", question - 10);
        Add(booking.Course, [], [.. booking.Sessions.Select(s => Answer(TypedId.Derive<RequestId>(s.Value, instrument), item, value))]);
    }

    /// <summary>The words that stand for an answer.</summary>
    public static string Answer(RequestId form, int item, string value) => $"{form}/{item}={value}";

    private void Write(string line)
    {
        lock (log) log.WriteLine($"{TimeProvider.System.GetUtcNow():O} {line}");
    }
}
