using System.Collections.Immutable;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Grains.Courses;

/// <summary>
/// A grain that is the fold of its stream. Not re-entrant: the next call waits until the append is known. On anything but a
/// written append the activation is dropped, and the next call replays; so a state that was not stored is never seen.
/// </summary>
/// <typeparam name="TState">Immutable state.</typeparam>
/// <typeparam name="TRecorded">A recorded event with its number and command.</typeparam>
/// <typeparam name="TOutcome">What an append can end as.</typeparam>
public abstract class EventSourcedGrain<TState, TRecorded, TOutcome> : Grain where TState : class
{
    /// <summary>Command ids remembered in memory; older ones are found by the journal's unique index.</summary>
    private const int Remembered = 64;

    private readonly Queue<CommandId> order = new(Remembered);
    private readonly Dictionary<CommandId, long> versions = new(Remembered);
    private bool dropped;

    /// <summary>The state after every stored event.</summary>
    protected TState State { get; private set; } = default!;

    /// <summary>The number of events that <see cref="State"/> was folded from.</summary>
    protected long Version { get; private set; }

    /// <summary>The state before the first event.</summary>
    protected abstract TState Empty { get; }

    /// <summary>The stored events after a version.</summary>
    protected abstract Task<ImmutableArray<TRecorded>> ReadAsync(long after, CancellationToken ct);

    /// <summary>Stores new events; see <see cref="Written"/>.</summary>
    protected abstract Task<TOutcome> AppendAsync(TState before, long expected, ImmutableArray<TRecorded> events, TState after);

    /// <summary>True for the outcome that means the events are durable.</summary>
    protected abstract bool Written(TOutcome outcome);

    /// <summary>The state after an event.</summary>
    protected abstract TState Fold(TState state, TRecorded recorded);

    /// <summary>The event's command; default if it is not the first of its command.</summary>
    protected abstract CommandId CommandOf(TRecorded recorded);

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (State, Version) = await StartAsync(cancellationToken);
        foreach (var recorded in await ReadAsync(Version, cancellationToken))
        {
            State = Fold(State, recorded);
            Count(recorded);
        }
    }

    /// <summary>Where replay starts: a snapshot if there is one that fits, else the beginning.</summary>
    protected virtual Task<(TState State, long Version)> StartAsync(CancellationToken ct) => Task.FromResult((Empty, 0L));

    /// <summary>The version after which this command was carried out; null if it is not among those remembered.</summary>
    protected long? Remember(CommandId command) => versions.TryGetValue(command, out var version) ? version : null;

    /// <summary>Stores events and moves on to the state after them; on any other outcome, or a failure, the activation ends.</summary>
    protected async Task<TOutcome> CommitAsync(ImmutableArray<TRecorded> events)
    {
        ObjectDisposedException.ThrowIf(dropped, this);
        var after = events.Aggregate(State, Fold);
        try
        {
            var outcome = await AppendAsync(State, Version, events, after);
            if (!Written(outcome)) Drop();
            else
            {
                State = after;
                foreach (var recorded in events) Count(recorded);
            }

            return outcome;
        }
        catch
        {
            Drop();
            throw;
        }
    }

    /// <summary>Ends the activation: the next call replays.</summary>
    protected void Drop()
    {
        dropped = true;
        DeactivateOnIdle();
    }

    private void Count(TRecorded recorded)
    {
        Version++;
        var command = CommandOf(recorded);
        if (command == default || versions.ContainsKey(command))
        {
            if (command != default) versions[command] = Version;
            return;
        }

        if (order.Count == Remembered) versions.Remove(order.Dequeue());
        order.Enqueue(command);
        versions[command] = Version;
    }
}
