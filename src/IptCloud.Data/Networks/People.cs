using System.Collections.Immutable;
using IptCloud.Data.Storage;
using IptCloud.Domain.Courses;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Networks;

/// <summary>A member as those see them who set people up.</summary>
public sealed record Person(MemberId Id, Guid User, string Name, string Email, Roles Roles, ImmutableArray<ClinicId> Clinics, DateTimeOffset? SuspendedAt)
{
    /// <summary>What a form was filled in against; see <see cref="PeopleChanges.ChangeAsync"/>.</summary>
    public string Seen => SeenOf(Roles, Clinics);

    internal static string SeenOf(Roles roles, IEnumerable<ClinicId> clinics) => $"{(int)roles}:{string.Join(' ', clinics.Select(c => c.ToString()).Order(StringComparer.Ordinal))}";
}

/// <summary>An open course of a caseload, for handing it over.</summary>
public sealed record OpenCourse(CourseId Id, ClientId Client, ClinicId Clinic);

/// <summary>A deputy named for somebody, with when.</summary>
public sealed record NamedDeputy(Guid Id, MemberId Absent, MemberId Deputy, DateTimeOffset From, DateTimeOffset Until, string Reason, MemberId NamedBy);

/// <summary>The people of a network.</summary>
public sealed class People(Databases databases)
{
    /// <summary>Everybody who has not left, by name.</summary>
    public async Task<ImmutableArray<Person>> ListAsync(NetworkId network, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        var members = await db.Members.AsNoTracking().Where(m => m.NetworkId == network && m.RemovedAt == null).OrderBy(m => m.Name).ToListAsync(ct);
        var clinics = (await db.MemberClinics.AsNoTracking().Where(c => c.NetworkId == network).ToListAsync(ct)).ToLookup(c => c.MemberId, c => c.ClinicId);
        return [.. members.Select(m => new Person(m.MemberId, m.UserId, m.Name, m.Email, m.Roles, [.. clinics[m.MemberId]], m.SuspendedAt))];
    }

    /// <summary>What decisions need of a member; null if there is none.</summary>
    public async Task<PersonFacts?> FactsAsync(NetworkId network, MemberId member, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return (await FactsAsync(db, network, member, ct))?.Facts;
    }

    /// <summary>The open courses of a member, oldest first.</summary>
    public async Task<ImmutableArray<OpenCourse>> OpenCoursesAsync(NetworkId network, MemberId member, CancellationToken ct = default)
    {
        var closed = nameof(CourseStatus.Closed);
        await using var db = await databases.ReadAsync(network, ct);
        return [.. await db.CourseCards.Where(c => c.NetworkId == network && c.TherapistId == member && c.Status != closed)
            .OrderBy(c => c.ReferredAt).ThenBy(c => c.CourseId).Select(c => new OpenCourse(c.CourseId, c.ClientId, c.ClinicId)).ToListAsync(ct)];
    }

    /// <summary>How many open courses each therapist has.</summary>
    public async Task<IReadOnlyDictionary<MemberId, int>> CaseloadsAsync(NetworkId network, CancellationToken ct = default)
    {
        var closed = nameof(CourseStatus.Closed);
        await using var db = await databases.ReadAsync(network, ct);
        return await db.CourseCards.Where(c => c.NetworkId == network && c.Status != closed).GroupBy(c => c.TherapistId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }

    /// <summary>Deputies whose time is not over, earliest first.</summary>
    public async Task<ImmutableArray<NamedDeputy>> DeputiesAsync(NetworkId network, DateTimeOffset now, CancellationToken ct = default)
    {
        await using var db = await databases.ReadAsync(network, ct);
        return [.. await db.Deputies.AsNoTracking().Where(d => d.NetworkId == network && d.EndedAt == null && d.UntilAt > now).OrderBy(d => d.FromAt)
            .Select(d => new NamedDeputy(d.DeputyId, d.Absent, d.Deputy, d.FromAt, d.UntilAt, d.Reason, d.NamedBy)).ToListAsync(ct)];
    }

    internal static async Task<(MemberRow Row, PersonFacts Facts)?> FactsAsync(IptCloudDb db, NetworkId network, MemberId member, CancellationToken ct)
    {
        var row = await db.Members.SingleOrDefaultAsync(m => m.NetworkId == network && m.MemberId == member && m.RemovedAt == null, ct);
        if (row is null) return null;
        var closed = nameof(CourseStatus.Closed);
        var clinics = await db.MemberClinics.Where(c => c.NetworkId == network && c.MemberId == member).Select(c => c.ClinicId).ToListAsync(ct);
        var open = await db.CourseCards.Where(c => c.NetworkId == network && c.TherapistId == member && c.Status != closed)
            .GroupBy(c => c.ClinicId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var leads = await db.Clinics.Where(c => c.NetworkId == network && c.DutyLead == member).Select(c => c.ClinicId).ToListAsync(ct);
        var others = await db.Members.CountAsync(m => m.NetworkId == network && m.MemberId != member && (m.Roles & Roles.Owner) != 0 && m.SuspendedAt == null && m.RemovedAt == null, ct);
        return (row, new(member, row.Roles, [.. clinics], row.SuspendedAt is not null, open.ToImmutableDictionary(o => o.Key, o => o.Count), [.. leads], others));
    }
}
