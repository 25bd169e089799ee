using System.Collections.Concurrent;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Rounds.Chaos;

/// <summary>A change that was answered as carried out.</summary>
/// <param name="Command">The id of its form; null for an answer of a client, whose command's id the server derives.</param>
/// <param name="Text">Words that stand in this change's event and in no other; empty if it has none.</param>
internal sealed record Change(CourseId Course, CommandId? Command, string Text);

/// <summary>A draft that was answered as saved.</summary>
internal sealed record DraftSaved(CourseId Course, SessionId Session, int Revision, string Text);

/// <summary>A session that was answered as booked.</summary>
/// <param name="At">When: the client's letter is due from then on.</param>
internal sealed record Booking(DateTimeOffset At, CourseId Course, SessionId Session);

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

    public void Add(CourseId course, Guid? command, string text)
    {
        Changes.Enqueue(new(course, command is { } id ? new(id) : null, text));
        Write($"{course} {command:N} {text}");
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
        Add(booking.Course, null, Answer(TypedId.Derive<RequestId>(booking.Session.Value, instrument), item, value));
    }

    /// <summary>The words that stand for an answer.</summary>
    public static string Answer(RequestId form, int item, string value) => $"{form}/{item}={value}";

    private void Write(string line)
    {
        lock (log) log.WriteLine($"{TimeProvider.System.GetUtcNow():O} {line}");
    }
}
