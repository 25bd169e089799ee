using System.Collections.Immutable;
using IptCloud.Data.Clients;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Courses;

/// <summary>A member's day.</summary>
/// <param name="Today">Appointments that start within the day asked for, in order.</param>
/// <param name="Inbox">Things to act on, most urgent first; at most <see cref="MyDay.MostShown"/>.</param>
/// <param name="InboxTotal">How many there are.</param>
/// <param name="Alerts">Open alerts the member answers for: of own courses, of those of an absent colleague, and of clinics where they are duty lead or supervisor.</param>
public sealed record DayView(ImmutableArray<DayAppointment> Today, ImmutableArray<DayItem> Inbox, int InboxTotal, ImmutableArray<DayAlert> Alerts);

/// <summary>An appointment with its client's name.</summary>
public sealed record DayAppointment(AppointmentRow Appointment, string ClientName);

/// <summary>A thing to act on with its client's name.</summary>
public sealed record DayItem(InboxRow Item, string ClientName);

/// <summary>An open alert with its client's name.</summary>
public sealed record DayAlert(AlertRow Alert, string ClientName);

/// <summary>My day: today's sessions and the inbox, read by index.</summary>
public sealed class MyDay(Databases databases, ClientRecords clients)
{
    /// <summary>Inbox entries shown at once.</summary>
    public const int MostShown = 50;

    private readonly Func<IptCloudDb, NetworkId, MemberId?, List<MemberId>, List<ClinicId>, IAsyncEnumerable<AlertRow>> openAlerts = OpenAlerts();

    /// <summary>The day from <paramref name="from"/> until <paramref name="to"/>.</summary>
    public async Task<DayView> LoadAsync(NetworkId network, Actor actor, DateTimeOffset from, DateTimeOffset to, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        var me = actor.Member;
        var today = await db.Appointments.AsNoTracking().Where(a => a.NetworkId == network && a.TherapistId == me && a.StartsAt >= from && a.StartsAt < to).OrderBy(a => a.StartsAt).ToListAsync(ct);
        var mine = db.Inbox.AsNoTracking().Where(i => i.NetworkId == network && i.TherapistId == me && i.Kind != InboxKind.Alert);
        var total = await mine.CountAsync(ct);
        var inbox = await mine.OrderBy(i => i.Kind).ThenBy(i => i.Since).Take(MostShown).ToListAsync(ct);
        var alerts = await openAlerts(db, network, me, [.. actor.ActsFor], Supervised(actor)).ToListAsync(ct);
        var names = await clients.NamesAsync(network, [.. today.Select(a => a.ClientId), .. inbox.Select(i => i.ClientId), .. alerts.Select(a => a.ClientId)], ct);
        return new(
            [.. today.Select(a => new DayAppointment(a, names.GetValueOrDefault(a.ClientId, "")))],
            [.. inbox.Select(i => new DayItem(i, names.GetValueOrDefault(i.ClientId, "")))], total,
            [.. alerts.Select(a => new DayAlert(a, names.GetValueOrDefault(a.ClientId, "")))]);
    }

    /// <summary>The open alerts a member answers for: of own courses, of those of an absent colleague, and of clinics where they are duty lead or supervisor.</summary>
    internal static Func<IptCloudDb, NetworkId, MemberId?, List<MemberId>, List<ClinicId>, IAsyncEnumerable<AlertRow>> OpenAlerts() => EF.CompileAsyncQuery(
        (IptCloudDb db, NetworkId network, MemberId? me, List<MemberId> away, List<ClinicId> supervised) =>
            from a in db.Alerts.AsNoTracking()
            where a.NetworkId == network && a.ClosedAt == null
            join c in db.Clinics on new { a.NetworkId, a.ClinicId } equals new { c.NetworkId, c.ClinicId }
            where a.TherapistId == me || away.Contains(a.TherapistId) || c.DutyLead == me || supervised.Contains(a.ClinicId)
            orderby a.AcknowledgedAt != null, a.RaisedAt // what nobody has taken on comes first
            select a);

    /// <summary>The clinics whose every open alert a member sees.</summary>
    internal static List<ClinicId> Supervised(Actor actor) => (actor.Roles & Roles.Supervisor) != 0 ? [.. actor.Clinics] : [];
}
