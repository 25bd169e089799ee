using IptCloud.Data.Journal;

namespace IptCloud.Rounds.Chaos;

/// <summary>Processes that are killed, told to stop, frozen, or replaced one by one.</summary>
/// <param name="older">Where another version of the program lies, published, that understands the same schema; null if none is at hand.</param>
internal sealed class ProcessFaults(ClusterProcesses cluster, Ledger ledger, string? older)
{
    // For so long nginx asks a portal no more that did not answer it (fail_timeout): before that the next one stays.
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(3);

    public IEnumerable<Fault> All()
    {
        foreach (var (role, name) in new[] { ("silo", "silo-5112"), ("portal", "portal-5122"), ("worker", "worker-5131") })
        {
            yield return new($"kill-{role}", $"kill -9 of a {role}", () => SignalAsync(name, "KILL"), Fault.Usual);
            yield return new($"stop-{role}", $"SIGTERM of a {role}", () => SignalAsync(name, "TERM"), Fault.Usual);
        }

        yield return new("freeze", "a silo frozen for 30 s", () => FreezeAsync("silo-5112", TimeSpan.FromSeconds(30)), Fault.Usual);
        yield return new("rolling", "all restarted one by one (SIGTERM)", () => RollAsync(null), Fault.Usual);
        if (older is null) yield break;
        yield return new("downgrade", "all replaced one by one by the version before", () => RollAsync(new Dictionary<string, string> { ["IPTCLOUD_APP"] = older }), Fault.Usual);
        yield return new("upgrade", "all replaced one by one by this version, which writes as the one before", () => WriteAsAsync(JournalRelease.Before), Fault.Usual);
        yield return new("writers", "all restarted one by one to write what is new, which people then do", () => WriteAsAsync(JournalRelease.Newest), Fault.Usual);
    }

    private Task<Made> SignalAsync(string name, string signal)
    {
        cluster.Signal(name, signal);
        return Task.FromResult(new Made(TimeProvider.System.GetTimestamp(), BackAsync(name)));
    }

    private async Task<Made> FreezeAsync(string name, TimeSpan time)
    {
        cluster.Signal(name, "STOP");
        var from = TimeProvider.System.GetTimestamp();
        return new(from, ThawAsync());

        async Task ThawAsync()
        {
            await Task.Delay(time, TimeProvider.System);
            if (cluster.IsRunning(name)) cluster.Signal(name, "CONT");
            await BackAsync(name);
        }
    }

    private async Task<Made> RollAsync(IReadOnlyDictionary<string, string>? variables)
    {
        foreach (var name in ClusterProcesses.Units)
        {
            cluster.Keep(name, variables);
            cluster.Signal(name, "TERM");
            await BackAsync(name);
            await Task.Delay(Remembered, TimeProvider.System);
        }

        return Made.Now();
    }

    /// <summary>As the README says: readers first, then writers.</summary>
    private async Task<Made> WriteAsAsync(JournalRelease release)
    {
        cluster.Set("IPTCLOUD_WRITES", $"{release}");
        var made = await RollAsync(null);
        ledger.HasContacts = release == JournalRelease.Newest;
        return made;
    }

    /// <summary>Until it was gone and is ready again.</summary>
    private async Task BackAsync(string name)
    {
        // It may go on saying that it is ready for a moment.
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        for (var waited = 0; waited < 120 && await cluster.ReadyAsync(name) is not { IsReady: true }; waited++) await Task.Delay(TimeSpan.FromSeconds(0.5), TimeProvider.System);
    }
}
