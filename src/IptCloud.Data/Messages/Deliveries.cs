using IptCloud.Data.Clients;
using IptCloud.Data.Keys;
using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Messages;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Messages;

/// <summary>
/// One message on its last step. Beginning looks once more at alert, hold, consent, address and hours, and commits
/// <c>sending</c> before anything leaves; settling records what became of it.
/// </summary>
public sealed class Deliveries(Databases databases, NetworkKeys keys)
{
    private const int MostDetail = 200;

    /// <summary>Takes a waiting message. Null if it does not wait any more, or must not leave now: then its row says why.</summary>
    /// <param name="lease">How long sending may take before the message counts as left in the middle.</param>
    public async Task<Delivery?> BeginAsync(OutboxKey key, DateTimeOffset now, TimeSpan lease, CancellationToken ct = default)
    {
        await using var db = await databases.WriteAsync(key.Network, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // The row is locked by being taken first: an alert that commits before this has withdrawn it, one that commits after comes too late for it.
        if (await At(db, key).Where(m => m.State == OutboxStates.Pending)
                .ExecuteUpdateAsync(u => u.SetProperty(m => m.State, OutboxStates.Sending).SetProperty(m => m.VisibleAt, now + lease).SetProperty(m => m.Attempt, m => m.Attempt + 1), ct) == 0) return null;
        var row = await At(db, key).AsNoTracking().SingleAsync(ct);
        var verdict = row.Recipient is null ? await ClientAsync(db, row, now, ct) : await MemberAsync(db, row, ct);
        if (verdict is { Delivery: { LinkToken: { } token } }) await TaskLinks.CreateAsync(db, row, token, ct);
        else if (verdict.Delivery is null)
            await At(db, key).ExecuteUpdateAsync(u => u
                .SetProperty(m => m.State, verdict.State).SetProperty(m => m.VisibleAt, verdict.Until ?? now)
                .SetProperty(m => m.SettledAt, verdict.Until is null ? now : null).SetProperty(m => m.Detail, verdict.Reason), ct);
        await transaction.CommitAsync(ct);
        return verdict.Delivery;
    }

    /// <summary>Records how an attempt ended. What another attempt has become meanwhile is left alone.</summary>
    /// <param name="state">One of <see cref="OutboxStates"/>.</param>
    /// <param name="retryAt">When to try again; only with <see cref="OutboxStates.Pending"/>.</param>
    public async Task<bool> SettleAsync(Delivery delivery, string state, string detail, DateTimeOffset now, DateTimeOffset? retryAt = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(detail);
        var words = detail.Length > MostDetail ? detail[..MostDetail] : detail;
        await using var db = await databases.WriteAsync(delivery.Key.Network, ct);
        // Whoever sent it knows better than the worker that found it in the middle: "maybe sent" may still become "sent".
        return await At(db, delivery.Key).Where(m => m.Attempt == delivery.Attempt && (m.State == OutboxStates.Sending || (m.State == OutboxStates.MaybeSent && state == OutboxStates.Sent)))
            .ExecuteUpdateAsync(u => u
                .SetProperty(m => m.State, state).SetProperty(m => m.VisibleAt, retryAt ?? now)
                .SetProperty(m => m.SettledAt, retryAt is null ? now : null).SetProperty(m => m.Detail, words), ct) == 1;
    }

    private static IQueryable<OutboxRow> At(IptCloudDb db, OutboxKey key) => db.Outbox.Where(m => m.NetworkId == key.Network && m.MessageId == key.Message);

    private async Task<Verdict> ClientAsync(IptCloudDb db, OutboxRow row, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Alerts.AnyAsync(a => a.NetworkId == row.NetworkId && a.CourseId == row.CourseId && a.ClosedAt == null, ct)) return Verdict.Withdraw("an alert is open");
        var status = await db.CourseCards.Where(c => c.NetworkId == row.NetworkId && c.CourseId == row.CourseId).Select(c => c.Status).SingleOrDefaultAsync(ct);
        if (status != nameof(CourseStatus.Active)) return Verdict.Withdraw(status == nameof(CourseStatus.OnHold) ? "the course is on hold" : "the course is not running");
        var (clinic, network) = await OfficeAsync(db, row, ct);
        var record = await db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.NetworkId == row.NetworkId && c.ClientId == row.ClientId, ct);
        var ring = await keys.RingAsync(row.NetworkId, Math.Max(network.KeyVersion, record?.KeyVersion ?? 0), ct);
        if (record is null || ClientRecords.Open(ring, record.ClientId, record.Payload, record.KeyVersion) is not { MayEmail: true } client) return Verdict.Withdraw("no consent or no address");
        if (DeliveryRules.Overdue(row, clinic.Zone, now) is { } late) return Verdict.Withdraw(late);
        if (DeliveryRules.QuietUntil(network.Policy, client.Zone, now) is { } morning) return Verdict.Wait(morning, "quiet hours");
        var purposes = await db.MessageIntents.Where(i => i.NetworkId == row.NetworkId && i.CourseId == row.CourseId && i.MessageId == row.MessageId).Select(i => i.Purpose).ToListAsync(ct);
        var linkKey = ring.Open(Place.LinkKey, network.LinkKey, network.KeyVersion);
        return Verdict.Send(new()
        {
            Key = new(row.NetworkId, row.MessageId),
            Attempt = row.Attempt,
            QueuedAt = row.QueuedAt,
            Trace = row.Trace,
            Template = Enum.Parse<MessageTemplate>(row.Template),
            Address = client.Email!.Trim(),
            GivenName = client.GivenName,
            Language = client.Language,
            SenderName = clinic.SenderName,
            Phone = clinic.Phone,
            SessionLocal = client.TimesConsent ? row.SessionLocal : null,
            LinkToken = DeliveryRules.HasTask(purposes) ? LinkToken.Derive(linkKey, row.MessageId) : null,
            StopToken = StopToken.Make(linkKey, row.NetworkId, row.MessageId),
        });
    }

    private static async Task<Verdict> MemberAsync(IptCloudDb db, OutboxRow row, CancellationToken ct)
    {
        var address = await db.Members.Where(m => m.NetworkId == row.NetworkId && m.MemberId == row.Recipient).Select(m => m.Email).SingleOrDefaultAsync(ct);
        if (string.IsNullOrWhiteSpace(address)) return Verdict.Fail("the member has no address");
        var (clinic, _) = await OfficeAsync(db, row, ct);
        return Verdict.Send(new() { Key = new(row.NetworkId, row.MessageId), Attempt = row.Attempt, QueuedAt = row.QueuedAt, Trace = row.Trace, Template = Enum.Parse<MessageTemplate>(row.Template), Address = address, SenderName = clinic.SenderName, Phone = clinic.Phone });
    }

    private static async Task<(ClinicRow Clinic, NetworkRow Network)> OfficeAsync(IptCloudDb db, OutboxRow row, CancellationToken ct) =>
        (await db.Clinics.AsNoTracking().SingleAsync(c => c.NetworkId == row.NetworkId && c.ClinicId == row.ClinicId, ct), await db.Networks.AsNoTracking().SingleAsync(n => n.NetworkId == row.NetworkId, ct));

    /// <summary>Send it, or what its row becomes instead.</summary>
    private readonly record struct Verdict(Delivery? Delivery, string State, string? Reason, DateTimeOffset? Until)
    {
        public static Verdict Send(Delivery delivery) => new(delivery, OutboxStates.Sending, null, null);

        public static Verdict Withdraw(string reason) => new(null, OutboxStates.Withdrawn, reason, null);

        public static Verdict Fail(string reason) => new(null, OutboxStates.Failed, reason, null);

        public static Verdict Wait(DateTimeOffset until, string reason) => new(null, OutboxStates.Pending, reason, until);
    }
}
