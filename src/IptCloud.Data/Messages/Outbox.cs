using System.Collections.Immutable;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Messages;

/// <summary>The address of a message in the outbox.</summary>
public readonly record struct OutboxKey(NetworkId Network, MessageId Message);

/// <summary>
/// The outbox as the worker sees it: which messages are ready, and which were left in the middle. Across networks; ids only.
/// Every change of state is conditional on the state before, so that two workers never take one message twice.
/// </summary>
public sealed class Outbox(Databases databases)
{
    /// <summary>Claims at most <paramref name="take"/> messages that wait: each is hidden until the lease ends, or until its delivery changes its state.</summary>
    public async Task<ImmutableArray<OutboxKey>> ClaimAsync(DateTimeOffset now, TimeSpan lease, int take, CancellationToken ct = default)
    {
        await using var db = await databases.WriteAsync(DatabaseRole.Worker, ct);
        long due = now.ToUnixTimeMilliseconds(), until = (now + lease).ToUnixTimeMilliseconds();
        var rows = await db.Outbox.FromSql(db.Database.IsNpgsql() ? Postgres(due, until, take) : Sqlite(due, until, take)).AcrossNetworks().AsNoTracking().ToListAsync(ct);
        return [.. rows.OrderBy(r => r.QueuedAt).Select(r => new OutboxKey(r.NetworkId, r.MessageId))];
    }

    /// <summary>When the next message waits for delivery, or one left in the middle is to be looked at; null if there is none.</summary>
    public async Task<DateTimeOffset?> EarliestAsync(CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Worker, ct);
        DateTimeOffset? earliest = null;
        foreach (var state in new[] { OutboxStates.Pending, OutboxStates.Sending })
            if (await All(db).Where(m => m.State == state).OrderBy(m => m.VisibleAt).Select(m => (DateTimeOffset?)m.VisibleAt).FirstOrDefaultAsync(ct) is { } at && !(earliest < at))
                earliest = at;
        return earliest;
    }

    /// <summary>
    /// Settles messages whose delivery began and never ended. Where sending again cannot make two, they wait once more;
    /// elsewhere nobody can know, and a person is shown so.
    /// </summary>
    /// <param name="leaseEndsBy">Messages whose lease ends by then are looked at: now, or later where nobody else can be at them.</param>
    /// <param name="isRepeatable">The sender drops a message that it has already taken.</param>
    public async Task<int> RecoverAsync(DateTimeOffset leaseEndsBy, DateTimeOffset now, bool isRepeatable, CancellationToken ct = default)
    {
        await using var db = await databases.WriteAsync(DatabaseRole.Worker, ct);
        var left = All(db).Where(m => m.State == OutboxStates.Sending && m.VisibleAt <= leaseEndsBy);
        return isRepeatable
            ? await left.ExecuteUpdateAsync(u => u.SetProperty(m => m.State, OutboxStates.Pending).SetProperty(m => m.VisibleAt, now), ct)
            : await left.ExecuteUpdateAsync(u => u.SetProperty(m => m.State, OutboxStates.MaybeSent).SetProperty(m => m.SettledAt, now).SetProperty(m => m.Detail, "interrupted while sending"), ct);
    }

    /// <summary>How many messages stand in each state, all networks together.</summary>
    public async Task<ImmutableDictionary<string, int>> CountsAsync(CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Worker, ct);
        return (await All(db).GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct)).ToImmutableDictionary(g => g.Key, g => g.Count);
    }

    private static IQueryable<OutboxRow> All(IptCloudDb db) => db.Outbox.AcrossNetworks();

    private static FormattableString Postgres(long due, long until, int take) => $"""
        UPDATE message_outbox d SET visible_at = {until}
        FROM (SELECT network_id, message_id FROM message_outbox WHERE state = {OutboxStates.Pending} AND visible_at <= {due}
              ORDER BY visible_at LIMIT {take} FOR UPDATE SKIP LOCKED) p
        WHERE (d.network_id, d.message_id) = (p.network_id, p.message_id)
        RETURNING d.*
        """;

    private static FormattableString Sqlite(long due, long until, int take) => $"""
        UPDATE message_outbox SET visible_at = {until}
        WHERE rowid IN (SELECT rowid FROM message_outbox WHERE state = {OutboxStates.Pending} AND visible_at <= {due} ORDER BY visible_at LIMIT {take})
        RETURNING *
        """;
}
