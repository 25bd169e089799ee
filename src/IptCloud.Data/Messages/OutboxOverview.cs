using System.Collections.Immutable;
using IptCloud.Data.Audit;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Messages;

/// <summary>How messages and deadlines of one network fare. Ids, times and counts only.</summary>
/// <param name="Counts">Messages by state; see <see cref="OutboxStates"/>.</param>
/// <param name="Troubled">The newest messages that a person must look at; at most <see cref="OutboxOverview.MostShown"/>.</param>
/// <param name="DueNow">Deadlines that a sweep could act on now.</param>
/// <param name="OldestDue">Since when the oldest of them waits; null if none does.</param>
public sealed record OutboxView(ImmutableDictionary<string, int> Counts, ImmutableArray<TroubledMessage> Troubled, int DueNow, DateTimeOffset? OldestDue)
{
    /// <summary>Messages in a state.</summary>
    public int Count(string state) => Counts.GetValueOrDefault(state);
}

/// <summary>A message that may have been sent, or failed.</summary>
public sealed record TroubledMessage(MessageId Id, string State, DateTimeOffset At, int Attempt, string Detail);

/// <summary>What operations see of the outbox and of due work.</summary>
public sealed class OutboxOverview(Databases databases, AuditWatch watch)
{
    /// <summary>Messages listed one by one.</summary>
    public const int MostShown = 50;

    /// <summary>The overview of a network at an instant of the clinic clock.</summary>
    public async Task<OutboxView> LoadAsync(NetworkId network, DateTimeOffset now, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        var messages = db.Outbox.AsNoTracking().Where(m => m.NetworkId == network);
        var counts = await messages.GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var troubled = await messages.Where(m => m.State == OutboxStates.MaybeSent || m.State == OutboxStates.Failed)
            .OrderByDescending(m => m.SettledAt ?? m.QueuedAt).Take(MostShown)
            .Select(m => new { m.MessageId, m.State, At = m.SettledAt ?? m.QueuedAt, m.Attempt, m.Detail }).ToListAsync(ct);
        // A claim pushes VisibleAt forward: what is leased is being worked on and does not wait.
        var due = db.DueWork.AsNoTracking().Where(d => d.NetworkId == network && d.DueAt <= now && d.VisibleAt <= now);
        var waiting = await due.CountAsync(ct);
        DateTimeOffset? oldest = waiting == 0 ? null : await due.MinAsync(d => d.DueAt, ct);
        return new(
            counts.ToImmutableDictionary(c => c.Key, c => c.Count),
            [.. troubled.Select(m => new TroubledMessage(m.MessageId, m.State, m.At, m.Attempt, m.Detail ?? ""))],
            waiting, oldest);
    }

    /// <summary>Of these messages, those of the network: the mailbox folder itself knows no networks.</summary>
    public async Task<ImmutableHashSet<MessageId>> OfNetworkAsync(NetworkId network, IEnumerable<MessageId> messages, CancellationToken ct = default)
    {
        var asked = messages.ToList();
        await using var db = await databases.ReadAsync(network, ct);
        var found = await db.Outbox.Where(m => m.NetworkId == network && asked.Contains(m.MessageId)).Select(m => new { m.MessageId, m.ClientId, m.Recipient }).ToListAsync(ct);
        // A letter to a colleague says only that there is something to look at.
        watch.Shown(network, [.. found.Where(m => m.Recipient is null).Select(m => m.ClientId)]);
        return [.. found.Select(m => m.MessageId)];
    }
}
