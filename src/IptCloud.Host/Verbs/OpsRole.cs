using IptCloud.Data.Networks;
using IptCloud.Domain.Audit;
using IptCloud.Host.Storage;

namespace IptCloud.Host.Verbs;

/// <summary>Gives the platform's role to a member, or takes it back. Only who may start this program can: no page of a network does.</summary>
internal static class OpsRole
{
    public static async Task<int> RunAsync(Launch launch)
    {
        if (launch.IsEmbedded && !File.Exists(launch.DatabaseFile)) throw new LaunchException($"There is no installation in {launch.DataFolder}.");
        await using var services = Tools.Services(launch);
        await Schema.DemandAsync(services);
        var (networks, changed) = await services.GetRequiredService<PlatformRoles>().ChangeOpsAsync(launch.Person!, launch.Network, launch.Verb == Verb.GrantOps);
        if (networks.IsEmpty) throw new LaunchException($"{launch.Person} belongs to no such network.");
        if (changed is not { } member) throw new LaunchException($"{launch.Person} belongs to several networks. Name one with --network: {string.Join(", ", networks)}");
        await services.RecordAsync(networks[0], AuditActions.Support, launch.Verb == Verb.GrantOps ? OpsDeeds.Granted : OpsDeeds.Revoked, member.Value);
        Console.WriteLine(launch.Verb == Verb.GrantOps ? $"{launch.Person} is Ops from now on." : $"{launch.Person} is no longer Ops.");
        return 0;
    }
}
