using System.Globalization;

namespace IptCloud.Rounds.Chaos;

/// <summary>Not a fault: a third silo comes, stays for a while under load, and goes.</summary>
internal sealed class ScaleFault(ClusterProcesses cluster, Ledger ledger)
{
    private const string Third = "silo-5113";
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(40);

    public IEnumerable<Fault> All() => [new("add-silo", "a silo added", AddAsync, Fault.Usual)];

    private async Task<Made> AddAsync()
    {
        var before = await RateAsync();
        var from = TimeProvider.System.GetTimestamp();
        cluster.Keep(Third);
        var (cold, warm) = (0.0, 0.0);
        return new(from, GoAsync(), () => string.Create(CultureInfo.InvariantCulture, $"{before:0.0} acknowledged a second before, {cold:0.0} while its code was still being compiled, {warm:0.0} after"));

        async Task GoAsync()
        {
            await cluster.AwaitReadyAsync(TimeSpan.FromMinutes(1));
            cold = await RateAsync();
            warm = await RateAsync();
            cluster.Release(Third);
            cluster.Signal(Third, "TERM");
            while (cluster.IsRunning(Third)) await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
        }
    }

    private async Task<double> RateAsync()
    {
        var begun = ledger.Acknowledged;
        await Task.Delay(Window, TimeProvider.System);
        return (ledger.Acknowledged - begun) / Window.TotalSeconds;
    }
}
