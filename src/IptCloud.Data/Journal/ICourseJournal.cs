using System.Collections.Immutable;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Journal;

/// <summary>What became of an append.</summary>
public enum AppendOutcome
{
    /// <summary>Durable: it survives kill -9 and a power cut.</summary>
    Written,
    /// <summary>Someone else wrote that version; nothing was written.</summary>
    Conflict,
    /// <summary>The command was carried out before; nothing was written.</summary>
    Duplicate,
    /// <summary>The therapist's time is taken; nothing was written.</summary>
    SlotTaken,
    /// <summary>The client has an open course; nothing was written.</summary>
    OpenCourseExists,
}

/// <summary>The journal of courses: SQLite and PostgreSQL keep it.</summary>
public interface ICourseJournal
{
    /// <summary>Writes events and everything derived from them in one transaction. Not cancellable once queued: the outcome must be learnt.</summary>
    /// <exception cref="JournalUnavailableException">The database cannot be reached; whether the append was written is not known.</exception>
    Task<AppendOutcome> AppendAsync(Append append);

    /// <summary>The events after a version, in order.</summary>
    /// <exception cref="JournalUnavailableException">The database cannot be reached.</exception>
    Task<ImmutableArray<RecordedEvent>> ReadAsync(CourseKey key, long after, CancellationToken ct = default);

    /// <summary>The number of the event that a command led to; null if it led to none.</summary>
    Task<long?> FindCommandAsync(CourseKey key, CommandId command, CancellationToken ct = default);

    /// <summary>Commits something that leaves nothing behind, as an append would be committed: it throws if an append could not become durable now.</summary>
    Task ProveAsync(CancellationToken ct = default);
}

/// <summary>The journal's database cannot be reached. Nothing is lost: the caller repeats its command with the same id.</summary>
public sealed class JournalUnavailableException : Exception
{
    /// <summary>Made by serializers.</summary>
    public JournalUnavailableException()
    {
    }

    /// <summary>With a message that names no person.</summary>
    public JournalUnavailableException(string message) : base(message)
    {
    }

    /// <summary>With the cause.</summary>
    public JournalUnavailableException(string message, Exception inner) : base(message, inner)
    {
    }
}
