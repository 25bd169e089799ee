using System.Collections.Immutable;
using System.Text.Json;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Networks;

/// <summary>A membership as the portal needs it at sign-in and on every page.</summary>
/// <param name="Clinics">The clinics the roles hold in.</param>
public sealed record Membership(NetworkId Network, string NetworkName, MemberId Member, string Name, Roles Roles, ImmutableArray<ClinicId> Clinics)
{
    /// <summary>For whom the member is named as deputy, now or later.</summary>
    public ImmutableArray<Deputising> Deputising { get; init; } = [];

    /// <summary>The absent colleagues for whom the member may act now.</summary>
    public ImmutableArray<MemberId> ActsFor { get; init; } = [];

    /// <summary>The actor this membership makes.</summary>
    public Actor Actor => new(ActorKind.Member, Member, Roles, Clinics) { ActsFor = ActsFor };

    /// <summary>The membership at an instant of the clinic clock.</summary>
    public Membership At(DateTimeOffset now) => Deputising.IsEmpty ? this : this with { ActsFor = [.. Deputising.Where(d => d.From <= now && now < d.Until).Select(d => d.Absent).Distinct()] };
}

/// <summary>A clinic as pages and messages need it.</summary>
public sealed record Clinic(ClinicId Id, string Name, string SenderName, string Zone, string Phone, ImmutableArray<CrisisLine> CrisisLines, MemberId? DutyLead)
{
    /// <summary>Street and town; empty if not given.</summary>
    public string Address { get; init; } = "";
}

/// <summary>A way to get help at once: what it is, and a number.</summary>
public sealed record CrisisLine(string Words, string Number);

/// <summary>A colleague.</summary>
public sealed record Colleague(MemberId Id, string Name, string Email, Roles Roles, ImmutableArray<ClinicId> Clinics);

/// <summary>Networks, clinics and members.</summary>
public sealed class NetworkDirectory(Databases databases)
{
    // Asked by every page. Compiled once: working out the statement anew costs more than running it.
    private readonly Func<IptCloudDb, Guid, NetworkId, IAsyncEnumerable<MemberInClinic>> membership = EF.CompileAsyncQuery((IptCloudDb db, Guid user, NetworkId network) =>
        from m in db.Members
        where m.UserId == user && m.NetworkId == network && m.SuspendedAt == null && m.RemovedAt == null
        join n in db.Networks on m.NetworkId equals n.NetworkId
        from c in db.MemberClinics.Where(c => c.NetworkId == m.NetworkId && c.MemberId == m.MemberId).DefaultIfEmpty()
        from d in db.Deputies.Where(d => d.NetworkId == m.NetworkId && d.Deputy == m.MemberId && d.EndedAt == null).DefaultIfEmpty()
        select new MemberInClinic(m.MemberId, m.Name, m.Roles, n.Name, c == null ? null : c.ClinicId, d == null ? null : new Deputising(d.Absent, d.Deputy, d.FromAt, d.UntilAt)));

    private readonly Func<IptCloudDb, NetworkId, IAsyncEnumerable<KeyValuePair<MemberId, string>>> names = EF.CompileAsyncQuery((IptCloudDb db, NetworkId network) =>
        db.Members.Where(m => m.NetworkId == network).Select(m => new KeyValuePair<MemberId, string>(m.MemberId, m.Name)));

    /// <summary>The membership with which a user signed in; null if it is gone or suspended.</summary>
    public async Task<Membership?> MembershipAsync(Guid user, NetworkId network, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        var found = await membership(db, user, network).ToListAsync(ct);
        if (found is not [var one, ..]) return null;
        return new(network, one.NetworkName, one.Member, one.Name, one.Roles, [.. found.Select(f => f.Clinic).OfType<ClinicId>().Distinct()]) { Deputising = [.. found.Select(f => f.Deputising).OfType<Deputising>().Distinct()] };
    }

    /// <summary>The networks a user belongs to, those that suspended them left out.</summary>
    public async Task<ImmutableArray<NetworkId>> NetworksOfAsync(Guid user, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(DatabaseRole.Directory, ct);
        var found = ImmutableArray.CreateBuilder<NetworkId>();
        foreach (var network in await db.Memberships.Where(m => m.UserId == user).Select(m => m.NetworkId).ToListAsync(ct))
            if (await MembershipAsync(user, network, ct) is not null) found.Add(network);
        return found.ToImmutable();
    }

    /// <summary>The networks that have suspended a user.</summary>
    public async Task<ImmutableArray<NetworkId>> SuspendedInAsync(Guid user, CancellationToken ct = default)
    {
        await using var directory = await databases.ReadAsync(DatabaseRole.Directory, ct);
        var found = ImmutableArray.CreateBuilder<NetworkId>();
        foreach (var network in await directory.Memberships.Where(m => m.UserId == user).Select(m => m.NetworkId).ToListAsync(ct))
        {
            await using var db = await databases.ReadAsync(network, ct);
            if (await db.Members.AnyAsync(m => m.NetworkId == network && m.UserId == user && m.SuspendedAt != null && m.RemovedAt == null, ct)) found.Add(network);
        }

        return found.ToImmutable();
    }

    /// <summary>Whether a network is the seeded demo.</summary>
    public async Task<bool> IsDemoAsync(NetworkId network, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return await db.Networks.AnyAsync(n => n.NetworkId == network && n.IsDemo, ct);
    }

    /// <summary>The clinics of a network, by name.</summary>
    public async Task<ImmutableArray<Clinic>> ClinicsAsync(NetworkId network, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        var rows = await db.Clinics.AsNoTracking().Where(c => c.NetworkId == network).OrderBy(c => c.Name).ToListAsync(ct);
        return [.. rows.Select(r => new Clinic(r.ClinicId, r.Name, r.SenderName, r.Zone, r.Phone, Lines(r.CrisisLines), r.DutyLead) { Address = r.Address })];
    }

    /// <summary>The members of a network, by name. Who is suspended or has left keeps the name and has no role.</summary>
    public async Task<ImmutableArray<Colleague>> ColleaguesAsync(NetworkId network, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        var members = await db.Members.AsNoTracking().Where(m => m.NetworkId == network).OrderBy(m => m.Name).ToListAsync(ct);
        var clinics = (await db.MemberClinics.AsNoTracking().Where(c => c.NetworkId == network).ToListAsync(ct)).ToLookup(c => c.MemberId, c => c.ClinicId);
        return [.. members.Select(m => new Colleague(m.MemberId, m.Name, m.Email, m.SuspendedAt is null && m.RemovedAt is null ? m.Roles : Roles.None, [.. clinics[m.MemberId]]))];
    }

    /// <summary>The names of all who are or were members of a network.</summary>
    public async Task<ImmutableDictionary<MemberId, string>> NamesAsync(IptCloudDb db, NetworkId network, CancellationToken ct = default) =>
        ImmutableDictionary.CreateRange(await names(db, network).ToListAsync(ct));

    /// <summary>What decisions need of a clinic, and the network's policy.</summary>
    public async Task<(ClinicFacts Clinic, NetworkPolicy Policy)> FactsAsync(NetworkId network, ClinicId clinic, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        var policy = await db.Networks.Where(n => n.NetworkId == network).Select(n => n.Policy).SingleOrDefaultAsync(ct);
        var row = await db.Clinics.AsNoTracking().SingleOrDefaultAsync(c => c.NetworkId == network && c.ClinicId == clinic, ct);
        var members = await (from c in db.MemberClinics
                             where c.NetworkId == network && c.ClinicId == clinic
                             join m in db.Members on new { c.NetworkId, c.MemberId } equals new { m.NetworkId, m.MemberId }
                             where (m.Roles & Roles.Therapist) != 0 && m.SuspendedAt == null && m.RemovedAt == null
                             select m.MemberId).ToListAsync(ct);
        var deputies = await db.Deputies.Where(d => d.NetworkId == network && d.EndedAt == null).Select(d => new Deputising(d.Absent, d.Deputy, d.FromAt, d.UntilAt)).ToListAsync(ct);
        return (new(clinic, row?.Zone ?? "Etc/UTC", row?.DutyLead, [.. members]) { Deputies = [.. deputies.Where(d => members.Contains(d.Deputy))] }, policy is null ? NetworkPolicy.Default : JsonSerializer.Deserialize<NetworkPolicy>(policy)!);
    }

    private sealed record MemberInClinic(MemberId Member, string Name, Roles Roles, string NetworkName, ClinicId? Clinic, Deputising? Deputising);

    /// <summary>Reads the lines as stored: one a line, words and number apart by a bar.</summary>
    public static ImmutableArray<CrisisLine> Lines(string stored) =>
        [.. stored.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => l.Split('|', 2)).Select(p => new CrisisLine(p[0], p.Length > 1 ? p[1] : ""))];
}
