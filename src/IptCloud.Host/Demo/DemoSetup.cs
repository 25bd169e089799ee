using System.Text.Json;
using IptCloud.Data.Clients;
using IptCloud.Data.Keys;
using IptCloud.Data.Networks;
using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using IptCloud.Domain.Networks;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Host.Demo;

/// <summary>How far a demo has come on this installation.</summary>
internal enum DemoStanding
{
    /// <summary>Nothing here yet: the demo may move in.</summary>
    Empty,
    /// <summary>Begun, and interrupted before its history was complete.</summary>
    Begun,
    /// <summary>Seeded; its people act by themselves.</summary>
    Ready,
    /// <summary>Somebody works here: no demo.</summary>
    Occupied,
}

/// <summary>Puts network, clinics, members and clients in place. Every step may be repeated.</summary>
internal sealed class DemoSetup(IServiceScopeFactory scopes, Databases databases, ClientRecords clients, NetworkKeys keys, TimeProvider system)
{
    /// <summary>That members act by themselves is written last, and so marks a complete demo.</summary>
    public async Task<DemoStanding> StandingAsync(CancellationToken ct)
    {
        await using var db = await databases.ReadAsync(DemoNetwork.Id, ct);
        if (await db.Members.AnyAsync(m => m.NetworkId == DemoNetwork.Id && m.IsScripted, ct)) return DemoStanding.Ready;
        if (await db.Networks.AnyAsync(n => n.NetworkId == DemoNetwork.Id, ct)) return DemoStanding.Begun;
        await using var directory = await databases.ReadAsync(DatabaseRole.Directory, ct);
        return await directory.Memberships.AnyAsync(ct) || await directory.Users.AnyAsync(u => !u.Email!.EndsWith("@northmere.example"), ct) ? DemoStanding.Occupied : DemoStanding.Empty;
    }

    public async Task PlaceAsync(IEnumerable<DemoCase> cases, CancellationToken ct)
    {
        var users = await UsersAsync(ct);
        await using (var db = await databases.ReadAsync(DemoNetwork.Id, ct))
            if (!await db.Networks.AnyAsync(n => n.NetworkId == DemoNetwork.Id, ct))
            {
                db.Networks.Add(await keys.FoundAsync(new() { NetworkId = DemoNetwork.Id, Name = DemoNetwork.Name, Policy = JsonSerializer.Serialize(NetworkPolicy.Default), IsDemo = true, ProtocolId = "ipt-16", TrialEndsAt = system.GetUtcNow() + NetworkSetup.Trial }, ct));
                AddPeople(db, users);
                await db.SaveChangesAsync(ct);
            }

        foreach (var story in cases) await clients.AddAsync(DemoNetwork.Id, story.Client, story.Record, ct);
    }

    /// <summary>From now on everybody but the member who is yours to try acts by themselves.</summary>
    public async Task CompleteAsync(CancellationToken ct)
    {
        await using var db = await databases.WriteAsync(DemoNetwork.Id, ct);
        await db.Members.Where(m => m.NetworkId == DemoNetwork.Id && m.MemberId != DemoNetwork.Yours.Id && m.Roles != Roles.Ops)
            .ExecuteUpdateAsync(u => u.SetProperty(m => m.IsScripted, true), ct);
    }

    private async Task<Dictionary<DemoMember, Guid>> UsersAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var users = scope.ServiceProvider.GetRequiredService<UserManager<StaffUser>>();
        Dictionary<DemoMember, Guid> ids = [];
        foreach (var member in DemoNetwork.Members)
        {
            ct.ThrowIfCancellationRequested();
            if (await users.FindByEmailAsync(member.Email) is not { } user)
            {
                user = new() { Id = TypedId.Derive<MemberId>(DemoNetwork.Root, $"user/{member.Code}").Value, UserName = member.Email, Email = member.Email, EmailConfirmed = true };
                var made = await users.CreateAsync(user, DemoNetwork.Password);
                if (!made.Succeeded) throw new InvalidOperationException($"The demo sign-in {member.Code} was refused: {string.Join(' ', made.Errors.Select(e => e.Description))}");
            }

            ids[member] = user.Id;
        }

        return ids;
    }

    private static void AddPeople(IptCloudDb db, Dictionary<DemoMember, Guid> users)
    {
        foreach (var c in DemoNetwork.Clinics)
            db.Clinics.Add(new()
            {
                NetworkId = DemoNetwork.Id, ClinicId = c.Id, Name = c.Name, SenderName = c.SenderName, Zone = c.Zone, Phone = c.Phone,
                CrisisLines = c.CrisisLines, DutyLead = DemoNetwork.DutyLead(c).Id,
            });
        foreach (var m in DemoNetwork.Members)
        {
            db.Members.Add(new() { NetworkId = DemoNetwork.Id, MemberId = m.Id, UserId = users[m], Name = m.Name, Email = m.Email, Roles = m.Roles });
            db.Memberships.Add(new() { NetworkId = DemoNetwork.Id, UserId = users[m], MemberId = m.Id });
            foreach (var c in m.Clinics) db.MemberClinics.Add(new() { NetworkId = DemoNetwork.Id, MemberId = m.Id, ClinicId = c.Id });
        }
    }
}
