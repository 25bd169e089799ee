using IptCloud.Data.Access;
using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using IptCloud.Domain.Billing;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Billing;

/// <summary>Tells networks, once, that their trial ends soon: nobody should learn of it from what stops working, or from a charge.</summary>
public sealed class TrialLetters(Databases databases, SeatBook seats, BillingClock clock)
{
    /// <summary>So long before the end.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    /// <summary>Queues the letters that are due.</summary>
    /// <returns>How many networks were told.</returns>
    public async Task<int> QueueAsync(CancellationToken ct = default)
    {
        var now = clock.Now;
        var soon = now + Ahead;
        var told = 0;
        await using var all = await databases.ReadAsync(DatabaseRole.Worker, ct);
        var ending = await all.Networks.AcrossNetworks().Where(n => !n.IsDemo && n.TrialToldAt == null && n.TrialEndsAt > now && n.TrialEndsAt <= soon).Select(n => new { n.NetworkId, Ends = n.TrialEndsAt!.Value }).ToListAsync(ct);
        foreach (var trial in ending)
        {
            await using var db = await databases.WriteAsync(trial.NetworkId, ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await PeopleChanges.LockAsync(db, trial.NetworkId, ct);
            if (await db.Networks.Where(n => n.NetworkId == trial.NetworkId && n.TrialToldAt == null).ExecuteUpdateAsync(u => u.SetProperty(n => n.TrialToldAt, now), ct) == 0) continue;
            var subscription = await db.Subscriptions.AsNoTracking().SingleOrDefaultAsync(s => s.NetworkId == trial.NetworkId, ct);
            await seats.TellAsync(db, trial.NetworkId, LetterPurpose.TrialEnding, BillingLetters.Trial(trial.Ends, subscription?.Status.IsLive() == true ? subscription : null), ct);
            await transaction.CommitAsync(ct);
            told++;
        }

        return told;
    }
}
