using System.Collections.Immutable;
using IptCloud.Data.Messages;
using IptCloud.Data.Storage;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Access;

/// <summary>A letter whose sending has been committed to.</summary>
/// <param name="Attempt">Which attempt this is; only its own worker may settle it.</param>
/// <param name="Token">The secret part of its link.</param>
/// <param name="Facts">What its text says beside the link.</param>
public sealed record LetterDelivery(Guid Id, int Attempt, string Purpose, LetterTemplate Template, string Address, string Token, IReadOnlyList<string> Facts)
{
    /// <summary>The letter's id: one that is logged by mistake gives nothing away.</summary>
    public override string ToString() => Id.ToString();
}

/// <summary>
/// Staff letters on their way. Unlike a client's message, one left in the middle is sent again: two letters with the same
/// link do no harm, and without one nobody gets in.
/// </summary>
public sealed class LetterDeliveries
{
    private const int MostDetail = 200;

    private readonly Databases databases;
    private readonly LetterKey key;

    /// <summary>Over the directory.</summary>
    public LetterDeliveries(Databases databases, Microsoft.AspNetCore.DataProtection.IDataProtectionProvider protection) => (this.databases, key) = (databases, new(databases, protection));

    /// <summary>When the next letter can be claimed; null if none waits.</summary>
    public async Task<DateTimeOffset?> EarliestAsync(CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Directory, ct);
        return await Waiting(db).OrderBy(l => l.VisibleAt).Select(l => (DateTimeOffset?)l.VisibleAt).FirstOrDefaultAsync(ct);
    }

    /// <summary>Claims letters that wait; each is hidden until the lease ends.</summary>
    public async Task<ImmutableArray<Guid>> ClaimAsync(DateTimeOffset now, TimeSpan lease, int take, CancellationToken ct = default)
    {
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        var due = await Waiting(db).Where(l => l.VisibleAt <= now).OrderBy(l => l.VisibleAt).Take(take).Select(l => l.Id).ToListAsync(ct);
        var claimed = ImmutableArray.CreateBuilder<Guid>();
        foreach (var id in due)
            if (await Waiting(db).Where(l => l.Id == id && l.VisibleAt <= now)
                    .ExecuteUpdateAsync(u => u.SetProperty(l => l.State, OutboxStates.Pending).SetProperty(l => l.VisibleAt, now + lease), ct) == 1) claimed.Add(id);
        return claimed.ToImmutable();
    }

    /// <summary>Takes a claimed letter; null if it does not wait any more or has come too late.</summary>
    public async Task<LetterDelivery?> BeginAsync(Guid id, DateTimeOffset now, TimeSpan lease, CancellationToken ct = default)
    {
        // Before the turn to write: the key may have to be made, which takes a turn of its own.
        await key.TokenAsync(id, "", ct);
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var mine = db.StaffLetters.Where(l => l.Id == id && l.State == OutboxStates.Pending);
        if (await mine.Where(l => l.ExpiresAt <= now).ExecuteUpdateAsync(u => u.SetProperty(l => l.State, OutboxStates.Withdrawn).SetProperty(l => l.Detail, "its time has passed"), ct) == 1
            || await mine.ExecuteUpdateAsync(u => u.SetProperty(l => l.State, OutboxStates.Sending).SetProperty(l => l.VisibleAt, now + lease).SetProperty(l => l.Attempt, l => l.Attempt + 1), ct) == 0)
        {
            await transaction.CommitAsync(ct);
            return null;
        }

        var row = await db.StaffLetters.AsNoTracking().SingleAsync(l => l.Id == id, ct);
        var token = await key.TokenAsync(id, row.Purpose, ct);
        var hash = LinkToken.Hash(token);
        await db.StaffLetters.Where(l => l.Id == id).ExecuteUpdateAsync(u => u.SetProperty(l => l.TokenHash, hash), ct);
        await transaction.CommitAsync(ct);
        return new(id, row.Attempt, row.Purpose, Enum.Parse<LetterTemplate>(row.Template), row.Address, token, row.Facts?.Split('\n') ?? []);
    }

    /// <summary>Writes down what became of an attempt.</summary>
    /// <param name="retryAt">When it waits again; null: <paramref name="state"/> is final.</param>
    public async Task SettleAsync(LetterDelivery delivery, string state, string detail, DateTimeOffset? retryAt, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(detail);
        await using var db = await databases.WriteAsync(DatabaseRole.Directory, ct);
        var word = detail.Length <= MostDetail ? detail : detail[..MostDetail];
        await db.StaffLetters.Where(l => l.Id == delivery.Id && l.State == OutboxStates.Sending && l.Attempt == delivery.Attempt)
            .ExecuteUpdateAsync(u => u.SetProperty(l => l.State, state).SetProperty(l => l.Detail, word).SetProperty(l => l.VisibleAt, l => retryAt ?? l.VisibleAt), ct);
    }

    private static IQueryable<StaffLetterRow> Waiting(IptCloudDb db) => db.StaffLetters.Where(l => l.State == OutboxStates.Pending || l.State == OutboxStates.Sending);
}
