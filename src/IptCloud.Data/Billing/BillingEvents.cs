using System.Collections.Immutable;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Billing;

/// <summary>An event whose signature was right.</summary>
/// <param name="State">Where it starts; see <see cref="BillingEventStates"/>.</param>
public sealed record ReceivedEvent(string Id, string Type, string ApiVersion, string? CustomerId, string State, string? Detail);

/// <summary>Stripe's events: each is kept once, acted on until it worked, and to be seen until then.</summary>
public sealed class BillingEvents(Databases databases, TimeProvider system)
{
    private const int MostAttempts = 60;

    /// <summary>Keeps an event. One that came before changes nothing.</summary>
    /// <returns>False if it came before.</returns>
    public async Task<bool> ReceiveAsync(ReceivedEvent received, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(received);
        var now = system.GetUtcNow();
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        if (await db.BillingEvents.AnyAsync(e => e.EventId == received.Id, ct)) return false;
        db.BillingEvents.Add(new() { EventId = received.Id, Type = received.Type, ApiVersion = received.ApiVersion, CustomerId = received.CustomerId, ReceivedAt = now, VisibleAt = now, State = received.State, Detail = received.Detail });
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException)
        {
            // Another delivery was quicker; if it was something else, the row is not there and the fault is not swallowed.
            await using var again = await databases.ReadAsync(DatabaseRole.Directory, ct);
            if (await again.BillingEvents.AnyAsync(e => e.EventId == received.Id, ct)) return false;
            throw;
        }
    }

    /// <summary>The network of a customer; null if it is nobody's.</summary>
    public async Task<NetworkId?> NetworkOfAsync(string customer, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Directory, ct);
        return await db.BillingCustomers.Where(c => c.CustomerId == customer).Select(c => (NetworkId?)c.NetworkId).SingleOrDefaultAsync(ct);
    }

    /// <summary>Every network that is a customer.</summary>
    public async Task<ImmutableArray<NetworkId>> CustomersAsync(CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Directory, ct);
        return [.. await db.BillingCustomers.Select(c => c.NetworkId).ToListAsync(ct)];
    }

    /// <summary>When the next event can be claimed; null if none waits.</summary>
    public async Task<DateTimeOffset?> EarliestAsync(CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Directory, ct);
        return await db.BillingEvents.Where(e => e.State == BillingEventStates.Waiting).OrderBy(e => e.VisibleAt).Select(e => (DateTimeOffset?)e.VisibleAt).FirstOrDefaultAsync(ct);
    }

    /// <summary>Claims events that wait; each is hidden until the lease ends.</summary>
    public async Task<ImmutableArray<BillingEventRow>> ClaimAsync(DateTimeOffset now, TimeSpan lease, int take, CancellationToken ct = default)
    {
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        var due = await db.BillingEvents.AsNoTracking().Where(e => e.State == BillingEventStates.Waiting && e.VisibleAt <= now).OrderBy(e => e.VisibleAt).Take(take).ToListAsync(ct);
        var mine = ImmutableArray.CreateBuilder<BillingEventRow>();
        foreach (var row in due)
            if (await db.BillingEvents.Where(e => e.EventId == row.EventId && e.State == BillingEventStates.Waiting && e.VisibleAt <= now)
                    .ExecuteUpdateAsync(u => u.SetProperty(e => e.VisibleAt, now + lease).SetProperty(e => e.Attempt, e => e.Attempt + 1), ct) == 1) mine.Add(row);
        return mine.ToImmutable();
    }

    /// <summary>Writes down what became of an event.</summary>
    public async Task SettleAsync(string id, string state, string? detail, CancellationToken ct = default)
    {
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        await db.BillingEvents.Where(e => e.EventId == id).ExecuteUpdateAsync(u => u.SetProperty(e => e.State, state).SetProperty(e => e.Detail, detail), ct);
    }

    /// <summary>Lets an event wait for another attempt, or gives up after days of them.</summary>
    public async Task TryAgainAsync(BillingEventRow row, TimeSpan pause, string detail, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(row);
        var (at, state) = (system.GetUtcNow() + pause, row.Attempt + 1 >= MostAttempts ? BillingEventStates.Failed : BillingEventStates.Waiting);
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        await db.BillingEvents.Where(e => e.EventId == row.EventId && e.State == BillingEventStates.Waiting).ExecuteUpdateAsync(u => u.SetProperty(e => e.State, state).SetProperty(e => e.VisibleAt, at).SetProperty(e => e.Detail, detail), ct);
    }

    /// <summary>What was not acted on, the newest first: to be looked at, or still waiting.</summary>
    public async Task<ImmutableArray<BillingEventRow>> OpenAsync(int take, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Directory, ct);
        return [.. await db.BillingEvents.AsNoTracking().Where(e => e.State != BillingEventStates.Done && e.State != BillingEventStates.Ignored).OrderByDescending(e => e.ReceivedAt).Take(take).ToListAsync(ct)];
    }

    /// <summary>Lets an event that was not acted on be tried again at once.</summary>
    /// <returns>False if there is none.</returns>
    public async Task<bool> ReplayAsync(string id, CancellationToken ct = default)
    {
        var now = system.GetUtcNow();
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        return await db.BillingEvents.Where(e => e.EventId == id && e.State != BillingEventStates.Done)
            .ExecuteUpdateAsync(u => u.SetProperty(e => e.State, BillingEventStates.Waiting).SetProperty(e => e.VisibleAt, now).SetProperty(e => e.Attempt, 0), ct) == 1;
    }
}
