using System.Collections.Immutable;
using IptCloud.Data.Clients;
using IptCloud.Data.Networks;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Identifiers;

namespace IptCloud.Portal.Audit;

/// <summary>Names for the ids of entries. A client's name only for who may see the record; anybody else sees its reference.</summary>
internal sealed class AuditNames(NetworkDirectory directory, ClientAccess access, ClientRecords records)
{
    private Dictionary<MemberId, string> members = [];
    private ImmutableDictionary<ClientId, string> clients = ImmutableDictionary<ClientId, string>.Empty;

    /// <summary>The members to choose from, by name.</summary>
    public IReadOnlyList<Colleague> Members { get; private set; } = [];

    /// <summary>Loads what these entries need.</summary>
    public async Task LoadAsync(Membership me, IEnumerable<ClientId> about)
    {
        Members = await directory.ColleaguesAsync(me.Network);
        members = Members.ToDictionary(m => m.Id, m => m.Name);
        var visible = await access.VisibleAsync(me.Network, me.Actor, [.. about.Distinct()]);
        if (visible.Count > 0) clients = await records.NamesAsync(me.Network, visible);
    }

    /// <summary>Who did it, and for whom.</summary>
    public string Who(AuditEntry entry)
    {
        var who = entry.Actor.Member is { } member ? Member(member) : entry.Actor.User is not null ? "An account without a membership" : AuditWords.Of(entry.Actor.Kind);
        return entry.Actor.OnBehalfOf is { } other ? $"{who}, for {Member(other)}" : who;
    }

    /// <summary>The member that an entry is about; null if it is about none.</summary>
    public string? About(AuditEntry entry) => entry.Subject is { } subject && members.TryGetValue(new(subject), out var name) ? name : null;

    /// <summary>A client's name, or its reference.</summary>
    public string Client(ClientId client) => clients.GetValueOrDefault(client, $"Client …{client.ToString()[^8..]}");

    private string Member(MemberId member) => members.GetValueOrDefault(member, $"A former member …{member.ToString()[^8..]}");
}
