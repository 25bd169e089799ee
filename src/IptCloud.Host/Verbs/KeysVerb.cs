using IptCloud.Data.Keys;
using IptCloud.Domain.Audit;
using IptCloud.Domain.Identifiers;
using IptCloud.Host.Storage;
using Microsoft.Data.Sqlite;

namespace IptCloud.Host.Verbs;

/// <summary>Keys, beside whatever serves: hosts notice by themselves within a minute.</summary>
internal static class KeysVerb
{
    private const string Ids = "\"iptcloud audit verify\" lists them.";

    public static async Task<int> RunAsync(Launch launch)
    {
        if (launch.IsEmbedded && !File.Exists(launch.DatabaseFile)) throw new LaunchException($"There is no installation in {launch.DataFolder}.");
        await using var services = Tools.Services(launch);
        await Schema.DemandAsync(services);
        try
        {
            await (launch.Words switch
            {
                ["rotate-master"] => RotateMasterAsync(services),
                ["rotate", "--all"] => RotateAsync(services, await services.GetRequiredService<KeyRotation>().NetworksAsync()),
                ["rotate", var network] => RotateAsync(services, [Read(network)]),
                ["reseal"] => ResealAsync(services, launch.Network is { } one ? [one] : await services.GetRequiredService<KeyRotation>().NetworksAsync()),
                ["erase", var network, "--yes"] => EraseAsync(services, Read(network)),
                ["erase", var network] => throw new LaunchException($"Nothing of network {Read(network)} could be read again, not even from a backup. If that is what you want, add --yes."),
                ["rotate"] => throw new LaunchException($"keys rotate takes a network's id, or --all. {Ids}"),
                ["erase", ..] => throw new LaunchException($"keys erase takes a network's id. {Ids}"),
                _ => throw new LaunchException("keys takes rotate-master, rotate, reseal or erase. Try --help."),
            });
            return 0;
        }
        catch (Exception e) when (e is MasterKeyException or UnreadableException or NetworkErasedException)
        {
            throw new LaunchException(e.Message);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 5 or 6)
        {
            throw new LaunchException("The database was busy for too long. Run the same again: what was done is kept.");
        }
    }

    private static async Task RotateMasterAsync(IServiceProvider services)
    {
        var rotation = services.GetRequiredService<KeyRotation>();
        var done = await rotation.RotateMasterAsync();
        foreach (var network in await rotation.NetworksAsync()) await services.RecordAsync(network, AuditActions.Key, KeyDeeds.Rewrapped);
        Console.WriteLine($"{done} keys are wrapped with master key {services.GetRequiredService<IMasterKeys>().Newest}. The older ones still open backups; delete their lines when no backup needs them.");
    }

    private static async Task RotateAsync(IServiceProvider services, IReadOnlyList<NetworkId> networks)
    {
        foreach (var network in networks)
        {
            Console.WriteLine($"{network}: key {await services.GetRequiredService<KeyRotation>().RotateAsync(network)}");
            await services.RecordAsync(network, AuditActions.Key, KeyDeeds.Rotated);
        }
    }

    private static async Task ResealAsync(IServiceProvider services, IReadOnlyList<NetworkId> networks)
    {
        foreach (var network in networks)
        {
            var report = await services.GetRequiredService<Reseal>().RunAsync(network);
            await services.RecordAsync(network, AuditActions.Key, KeyDeeds.Resealed);
            Console.WriteLine($"{network}: {report.Rows} rows sealed anew, {report.Dropped} old keys dropped{(report.Waiting > 0 ? $", {report.Waiting} kept: run again in five minutes" : "")}");
        }
    }

    private static async Task EraseAsync(IServiceProvider services, NetworkId network)
    {
        if (await services.GetRequiredService<KeyRotation>().EraseAsync(network) == 0) throw new LaunchException($"There is no network {network} with keys.");
        await services.RecordAsync(network, AuditActions.Key, KeyDeeds.Erased);
        Console.WriteLine($"{network} is erased. Hosts forget its keys within a minute. Copies of the master key from before today must be destroyed, or given the line that is new in it.");
    }

    private static NetworkId Read(string text) => TypedId.TryParse<NetworkId>(text, out var id) ? id : throw new LaunchException($"'{text}' is not a network's id.");
}
