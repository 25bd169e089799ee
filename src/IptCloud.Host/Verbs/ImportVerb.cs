using IptCloud.Data.Audit;
using IptCloud.Data.Journal;
using IptCloud.Data.Keys;
using IptCloud.Data.Storage;
using IptCloud.Host.Billing;
using IptCloud.Host.Storage;

namespace IptCloud.Host.Verbs;

/// <summary>Moves an embedded installation into PostgreSQL, and shows that both hold the same.</summary>
internal static class ImportVerb
{
    public static async Task<int> RunAsync(Launch launch)
    {
        if (launch.IsEmbedded) throw new LaunchException("import-embedded needs IPTCLOUD_POSTGRES: the empty database that everything goes to.");
        var embedded = launch with { Postgres = null };
        if (!File.Exists(embedded.DatabaseFile)) throw new LaunchException($"There is no installation in {launch.DataFolder}. Name its folder with --data.");
        using var mine = DataFolderLock.Take(embedded);
        DataFolderLock.DemandOpen(embedded);
        await using ServiceProvider from = Tools.Services(embedded), to = Tools.Services(launch);
        if (!await from.GetRequiredService<Databases>().IsMigratedAsync()) throw new LaunchException($"The installation in {launch.DataFolder} is older than this program. Start it once with this one, stop it, and come back.");
        await Schema.DemandAsync(to);
        var before = await HashesAsync(from, launch);

        var simulated = File.Exists(SimulatedStripe.DatabaseFile(embedded));
        // Before anything arrives there: should this process die, neither side serves rather than both.
        DataFolderLock.Close(embedded, from.GetRequiredService<TimeProvider>().GetUtcNow());
        IReadOnlyDictionary<string, long>? rows = null;
        try
        {
            rows = await EmbeddedImport.CopyAsync(from.GetRequiredService<Databases>(), to.GetRequiredService<PostgresDatabases>(), withBilling: !simulated);
        }
        catch (InvalidOperationException e)
        {
            throw new LaunchException($"{e.Message} Nothing was changed; import into a database that \"iptcloud migrate\" has just made.");
        }
        finally
        {
            if (rows is null) DataFolderLock.Open(embedded);
        }

        foreach (var (table, count) in rows.Where(r => r.Value > 0)) Console.WriteLine($"{count,10}  {table}");
        if (simulated) Console.WriteLine("Its billing was simulated and stays behind: the networks subscribe anew.");
        return await CompareAsync(launch, before, to);
    }

    private static async Task<IReadOnlyDictionary<Domain.Courses.CourseKey, string>> HashesAsync(ServiceProvider from, Launch launch)
    {
        try
        {
            return await from.GetRequiredService<Rebuild>().StateHashesAsync();
        }
        catch (Exception e) when (e is MasterKeyException or UnreadableException)
        {
            throw new LaunchException($"{e.Message} {launch.MasterKeyFile} must be the master key of the installation in {launch.DataFolder}: give it to every process of the cluster, then import.");
        }
    }

    private static async Task<int> CompareAsync(Launch launch, IReadOnlyDictionary<Domain.Courses.CourseKey, string> before, ServiceProvider to)
    {
        var rebuild = to.GetRequiredService<Rebuild>();
        var after = await rebuild.StateHashesAsync();
        var other = before.Keys.Union(after.Keys).Count(k => before.GetValueOrDefault(k) != after.GetValueOrDefault(k));
        var differences = (await rebuild.CheckAsync()).Differences.Count;
        var (chains, broken) = (0, 0);
        await foreach (var chain in to.GetRequiredService<AuditVerifier>().VerifyAllAsync()) (chains, broken) = (chains + 1, broken + (chain.Broken is null ? 0 : 1));
        Console.WriteLine($"{before.Count} courses, {other} with another state; {differences} differences in what is derived; {chains} audit chains, {broken} broken.");
        if (other + differences + broken == 0) return 0;
        Console.WriteLine($"Not the same: do not use this database. The installation is as it was, and starts again once the file moved-to-postgres in {launch.DataFolder} is deleted.");
        return 1;
    }
}
