using IptCloud.Data.Audit;
using IptCloud.Host.Storage;

namespace IptCloud.Host.Verbs;

/// <summary>Checks the audit's chains and names the first broken link of each. The heads it prints, kept elsewhere, prove later that nothing was cut off.</summary>
internal static class AuditVerb
{
    public static async Task<int> RunAsync(Launch launch)
    {
        if (launch.IsEmbedded && !File.Exists(launch.DatabaseFile)) throw new LaunchException($"There is no installation in {launch.DataFolder}.");
        await using var services = Tools.Services(launch);
        await Schema.DemandAsync(services);
        var verifier = services.GetRequiredService<AuditVerifier>();
        List<ChainReport> reports = [];
        if (launch.Network is { } network) reports.Add(await verifier.VerifyAsync(network));
        else await foreach (var report in verifier.VerifyAllAsync()) reports.Add(report);
        foreach (var report in reports)
        {
            Console.WriteLine($"{report.Network}  {report.Links} links  head {report.Head}");
            if (report.Broken is { } broken) Console.WriteLine($"  BROKEN at {broken}");
        }

        var bad = reports.Count(r => r.Broken is not null);
        Console.WriteLine($"{reports.Count} chains, {bad} broken.");
        return bad > 0 ? 1 : 0;
    }
}
