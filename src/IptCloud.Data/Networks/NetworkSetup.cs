using System.Collections.Immutable;
using IptCloud.Data.Audit;
using IptCloud.Data.Billing;
using IptCloud.Data.Storage;
using IptCloud.Domain;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using IptCloud.Domain.Protocols;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Networks;

/// <summary>How far a network has been set up.</summary>
public sealed record SetUpState(string? ProtocolId, DateTimeOffset? TrialEndsAt, int Clinics, int ClinicsWithoutLead, int Therapists, int Invited, bool HasCourse)
{
    /// <summary>Nothing left to do.</summary>
    public bool IsDone => ProtocolId is not null && TrialEndsAt is not null && Clinics > 0 && ClinicsWithoutLead == 0 && Therapists > 0 && HasCourse;
}

/// <summary>Setting a network up: clinics, protocol, trial.</summary>
public sealed class NetworkSetup(Databases databases, SeatBook seats, AuditWatch watch, BillingClock clock)
{
    /// <summary>How long a trial lasts.</summary>
    public static readonly TimeSpan Trial = TimeSpan.FromDays(30);

    /// <summary>The protocol that a referral proposes; null if none was chosen.</summary>
    public async Task<string?> ProtocolAsync(NetworkId network, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return await db.Networks.Where(n => n.NetworkId == network).Select(n => n.ProtocolId).SingleOrDefaultAsync(ct);
    }

    /// <summary>How far it is.</summary>
    public async Task<SetUpState> StateAsync(NetworkId network, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        var row = await db.Networks.Where(n => n.NetworkId == network).Select(n => new { n.ProtocolId, n.TrialEndsAt }).SingleAsync(ct);
        var leads = await db.Clinics.Where(c => c.NetworkId == network).Select(c => c.DutyLead).ToListAsync(ct);
        var therapists = await db.Members.CountAsync(m => m.NetworkId == network && (m.Roles & Roles.Therapist) != 0 && m.SuspendedAt == null && m.RemovedAt == null, ct);
        var invited = await db.Invites.CountAsync(i => i.NetworkId == network && i.RevokedAt == null && i.AcceptedAt == null, ct);
        return new(row.ProtocolId, row.TrialEndsAt, leads.Count, leads.Count(l => l is null), therapists, invited, await db.CourseCards.AnyAsync(c => c.NetworkId == network, ct));
    }

    /// <summary>Adds a clinic, in which whoever adds it works from then on. The same id again changes nothing.</summary>
    /// <param name="asTherapist">Who adds it sees clients there as well.</param>
    public async Task<ImmutableArray<Refusal>> AddClinicAsync(NetworkId network, Actor actor, ClinicId clinic, ClinicDetails details, bool asTherapist, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(details);
        if (!AccessTable.Somewhere(Act.ManageClinics, actor)) return [PeopleRefusals.NotYours];
        if (details.Check() is { IsEmpty: false } wrong) return wrong;
        await using var db = await databases.WriteAsync(network, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await PeopleChanges.LockAsync(db, network, ct);
        if (await db.Clinics.AnyAsync(c => c.NetworkId == network && c.ClinicId == clinic, ct)) return [];
        if (await NameRefusalAsync(db, network, clinic, details, ct) is { } refused) return [refused];
        var before = await seats.CountAsync(db, network, ct);
        var me = await db.Members.SingleAsync(m => m.NetworkId == network && m.MemberId == actor.Member, ct);
        if (asTherapist) me.Roles |= Roles.Therapist;
        db.MemberClinics.Add(new() { NetworkId = network, MemberId = me.MemberId, ClinicId = clinic });
        var row = new ClinicRow { NetworkId = network, ClinicId = clinic };
        Write(row, details with { DutyLead = asTherapist ? me.MemberId : null });
        db.Clinics.Add(row);
        await db.SaveChangesAsync(ct);
        if (await seats.SettleAsync(db, network, before, ct) is { } noSeat) return [noSeat with { Field = "asTherapist" }];
        await transaction.CommitAsync(ct);
        watch.Settled(network, SettingsChange.ClinicAdded, clinic.Value);
        return [];
    }

    /// <summary>Changes a clinic.</summary>
    public async Task<ImmutableArray<Refusal>> ChangeClinicAsync(NetworkId network, Actor actor, ClinicId clinic, ClinicDetails details, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(details);
        if (!AccessTable.Allows(Act.ManageClinics, actor, new(clinic))) return [PeopleRefusals.NotYours];
        if (details.Check() is { IsEmpty: false } wrong) return wrong;
        await using var db = await databases.WriteAsync(network, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await PeopleChanges.LockAsync(db, network, ct);
        if (await db.Clinics.SingleOrDefaultAsync(c => c.NetworkId == network && c.ClinicId == clinic, ct) is not { } row) return [PeopleRefusals.Gone];
        if (await NameRefusalAsync(db, network, clinic, details, ct) is { } refused) return [refused];
        var clinicians = Roles.Therapist | Roles.Supervisor;
        if (details.DutyLead is { } lead && !await db.Members.AnyAsync(m => m.NetworkId == network && m.MemberId == lead && (m.Roles & clinicians) != 0 && m.SuspendedAt == null && m.RemovedAt == null
            && db.MemberClinics.Any(c => c.NetworkId == network && c.MemberId == lead && c.ClinicId == clinic), ct))
            return [new("clinic.duty-lead", "dutyLead", "Choose a therapist or supervisor who works in this clinic.")];
        Write(row, details);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        watch.Settled(network, SettingsChange.ClinicChanged, clinic.Value);
        return [];
    }

    /// <summary>Chooses the protocol that referrals propose, and begins the trial if it has not begun.</summary>
    public async Task<Refusal?> ChooseProtocolAsync(NetworkId network, Actor actor, string? protocol, CancellationToken ct = default)
    {
        if (!AccessTable.Somewhere(Act.ManageClinics, actor)) return PeopleRefusals.NotYours;
        if (Catalog.Current.Protocols.All(p => p.Id != protocol)) return new("network.protocol", "protocol", "Choose one of the protocols.");
        await using var db = await databases.WriteAsync(network, ct);
        var row = await db.Networks.SingleAsync(n => n.NetworkId == network, ct);
        row.ProtocolId = protocol;
        row.TrialEndsAt ??= clock.Now + Trial;
        await db.SaveChangesAsync(ct);
        watch.Settled(network, SettingsChange.Protocol, null);
        return null;
    }

    private static async Task<Refusal?> NameRefusalAsync(IptCloudDb db, NetworkId network, ClinicId clinic, ClinicDetails details, CancellationToken ct) =>
        (await db.Clinics.Where(c => c.NetworkId == network && c.ClinicId != clinic).Select(c => c.Name).ToListAsync(ct)).Any(n => string.Equals(n, details.Name.Trim(), StringComparison.OrdinalIgnoreCase))
            ? new("clinic.name-taken", "name", "Another clinic of the network has this name.") : null;

    private static void Write(ClinicRow row, ClinicDetails d) =>
        (row.Name, row.Address, row.SenderName, row.Zone, row.Phone, row.CrisisLines, row.DutyLead) =
        (d.Name.Trim(), d.Address.Trim(), d.SenderName.Trim(), d.Zone, d.Phone.Trim(), string.Join('\n', d.CrisisLines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)), d.DutyLead);
}
