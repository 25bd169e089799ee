using System.Collections.Immutable;
using IptCloud.Data.Audit;
using IptCloud.Data.Billing;
using IptCloud.Data.Storage;
using IptCloud.Domain;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Networks;

/// <summary>Changes to the people of a network. Each is decided in its own transaction, on what holds there; null: done.</summary>
public sealed class PeopleChanges(Databases databases, SeatBook seats, AuditWatch watch, TimeProvider system)
{
    /// <summary>Gives a member other roles and clinics.</summary>
    /// <param name="seen">See <see cref="Person.Seen"/>.</param>
    public Task<Refusal?> ChangeAsync(NetworkId network, Actor actor, MemberId member, string seen, Roles roles, ImmutableArray<ClinicId> clinics, CancellationToken ct = default) =>
        DecideAsync(SettingsChange.Roles, network, member, async (db, row, facts) =>
        {
            if (Person.SeenOf(facts.Roles, facts.Clinics) != seen) return PeopleRefusals.Gone;
            roles |= facts.Roles & Roles.Ops;
            if (PeopleDecisions.Change(actor, facts, roles, clinics) is { } refused) return refused;
            row.Roles = roles;
            var known = await db.Clinics.Where(c => c.NetworkId == network).Select(c => c.ClinicId).ToListAsync(ct);
            await db.MemberClinics.Where(c => c.NetworkId == network && c.MemberId == member).ExecuteDeleteAsync(ct);
            foreach (var clinic in clinics.Distinct().Intersect(known)) db.MemberClinics.Add(new() { NetworkId = network, MemberId = member, ClinicId = clinic });
            return null;
        }, ct);

    /// <summary>Shuts a member out: the next request of any of their sessions is refused.</summary>
    public Task<Refusal?> SuspendAsync(NetworkId network, Actor actor, MemberId member, CancellationToken ct = default) =>
        DecideAsync(SettingsChange.Suspended, network, member, (_, row, facts) =>
        {
            if (PeopleDecisions.Suspend(actor, facts) is { } refused) return Task.FromResult<Refusal?>(refused);
            row.SuspendedAt ??= system.GetUtcNow();
            return Task.FromResult<Refusal?>(null);
        }, ct);

    /// <summary>Lets a suspended member in again.</summary>
    public Task<Refusal?> LiftAsync(NetworkId network, Actor actor, MemberId member, CancellationToken ct = default) =>
        DecideAsync(SettingsChange.Lifted, network, member, (_, row, facts) =>
        {
            if (PeopleDecisions.Lift(actor, facts) is { } refused) return Task.FromResult<Refusal?>(refused);
            row.SuspendedAt = null;
            return Task.FromResult<Refusal?>(null);
        }, ct);

    /// <summary>Takes a member out of the network; the name stays in its history.</summary>
    public Task<Refusal?> RemoveAsync(NetworkId network, Actor actor, MemberId member, CancellationToken ct = default) =>
        DecideAsync(SettingsChange.Removed, network, member, async (db, row, facts) =>
        {
            if (PeopleDecisions.Remove(actor, facts) is { } refused) return refused;
            row.RemovedAt = system.GetUtcNow();
            row.Roles = Roles.None;
            await db.MemberClinics.Where(c => c.NetworkId == network && c.MemberId == member).ExecuteDeleteAsync(ct);
            await db.Memberships.Where(m => m.NetworkId == network && m.MemberId == member).ExecuteDeleteAsync(ct);
            return null;
        }, ct);

    /// <summary>Names a colleague to act for an absent therapist. Naming the same id again changes nothing.</summary>
    public Task<Refusal?> DeputiseAsync(NetworkId network, Actor actor, NamedDeputy named, DateTimeOffset now, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(named);
        return DecideAsync(SettingsChange.DeputyNamed, network, named.Absent, async (db, _, absent) =>
        {
            if (await db.Deputies.AnyAsync(d => d.NetworkId == network && d.DeputyId == named.Id, ct)) return null;
            if (await People.FactsAsync(db, network, named.Deputy, ct) is not { } deputy) return PeopleRefusals.NotADeputy;
            if (PeopleDecisions.Deputise(actor, absent, deputy.Facts, named.From, named.Until, now) is { } refused) return refused;
            db.Deputies.Add(new()
            {
                NetworkId = network, DeputyId = named.Id, Absent = named.Absent, Deputy = named.Deputy, FromAt = named.From, UntilAt = named.Until,
                Reason = named.Reason, NamedBy = named.NamedBy, NamedAt = now,
            });
            return null;
        }, ct);
    }

    /// <summary>Ends a deputising before its time.</summary>
    public async Task<Refusal?> EndDeputisingAsync(NetworkId network, Actor actor, Guid deputy, DateTimeOffset now, CancellationToken ct = default)
    {
        await using var db = await databases.WriteAsync(network, ct);
        if (await db.Deputies.SingleOrDefaultAsync(d => d.NetworkId == network && d.DeputyId == deputy, ct) is not { } row) return PeopleRefusals.Gone;
        var clinics = await db.MemberClinics.Where(c => c.NetworkId == network && c.MemberId == row.Absent).Select(c => c.ClinicId).ToListAsync(ct);
        if (!AccessTable.Somewhere(Act.NameDeputy, actor) || !clinics.Any(c => AccessTable.Allows(Act.NameDeputy, actor, new(c))))
        {
            watch.Settled(network, SettingsChange.DeputyEnded, row.Absent.Value, denied: true);
            return PeopleRefusals.NotYours;
        }


        row.EndedAt ??= now;
        await db.SaveChangesAsync(ct);
        watch.Settled(network, SettingsChange.DeputyEnded, row.Absent.Value);
        return null;
    }

    /// <summary>One change of people at a time in a network: two owners cannot both be unmade by each other.</summary>
    internal static Task LockAsync(IptCloudDb db, NetworkId network, CancellationToken ct) =>
        db.Networks.Where(n => n.NetworkId == network).ExecuteUpdateAsync(u => u.SetProperty(n => n.Name, n => n.Name), ct);

    private async Task<Refusal?> DecideAsync(SettingsChange change, NetworkId network, MemberId member, Func<IptCloudDb, MemberRow, PersonFacts, Task<Refusal?>> decide, CancellationToken ct)
    {
        await using var db = await databases.WriteAsync(network, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await LockAsync(db, network, ct);
        var before = await seats.CountAsync(db, network, ct);
        if (await People.FactsAsync(db, network, member, ct) is not { } found) return PeopleRefusals.NotYours;
        if (await decide(db, found.Row, found.Facts) is { } refused)
        {
            if (refused == PeopleRefusals.NotYours) watch.Settled(network, change, member.Value, denied: true);
            return refused;
        }

        await db.SaveChangesAsync(ct);
        if (await seats.SettleAsync(db, network, before, ct) is { } noSeat) return noSeat;
        await transaction.CommitAsync(ct);
        watch.Settled(network, change, member.Value);
        return null;
    }
}
