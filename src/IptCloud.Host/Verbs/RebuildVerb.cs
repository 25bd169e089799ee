using IptCloud.Data.Journal;
using IptCloud.Host.Storage;

namespace IptCloud.Host.Verbs;

/// <summary>Compares the derived tables with the journal, or renews them from it.</summary>
internal static class RebuildVerb
{
    public static async Task<int> RunAsync(Launch launch)
    {
        if (launch.IsEmbedded && !File.Exists(launch.DatabaseFile)) throw new LaunchException($"There is no installation in {launch.DataFolder}.");
        await using var services = Tools.Services(launch);
        await Schema.DemandAsync(services);
        var rebuild = services.GetRequiredService<Rebuild>();
        var report = launch.Check ? await rebuild.CheckAsync() : await rebuild.RenewAsync();
        foreach (var difference in report.Differences) Console.WriteLine(difference);
        Console.WriteLine($"{report.Courses} courses, {report.Events} events, {report.Differences.Count} differences{(launch.Check ? "" : ", renewed")}.");
        if (report.Erased > 0) Console.WriteLine($"{report.Erased} courses of erased networks were left out.");
        return launch.Check && report.Differences.Count > 0 ? 1 : 0;
    }
}
