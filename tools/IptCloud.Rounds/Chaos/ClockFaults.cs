using System.Globalization;
using System.Text.Json;

namespace IptCloud.Rounds.Chaos;

/// <summary>A process that comes back with a clock of its own (Debian's faketime), for a minute.</summary>
internal sealed class ClockFaults(ClusterProcesses cluster)
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(60);

    public IEnumerable<Fault> All() =>
        from role in new[] { ("silo", "silo-5112"), ("portal", "portal-5122"), ("worker", "worker-5131") }
        from off in new[] { ("10s", "10 s", "+10s"), ("hour", "an hour", "+3600s") }
        select new Fault($"clock-{role.Item1}-{off.Item1}", $"a {role.Item1} whose clock is {off.Item2} ahead, for 60 s", () => MakeAsync(role.Item2, off.Item3), Fault.Usual);

    private async Task<Made> MakeAsync(string name, string off)
    {
        if (!File.Exists(Library)) throw new InvalidOperationException("The clock faults need Debian's package faketime.");
        cluster.Keep(name, new Dictionary<string, string> { ["LD_PRELOAD"] = Library, ["FAKETIME"] = off, ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1", ["DONT_FAKE_MONOTONIC"] = "1" });
        cluster.Signal(name, "TERM");
        var from = TimeProvider.System.GetTimestamp();
        var said = new Dictionary<string, int>();
        return new(from, HealAsync(), () => string.Create(CultureInfo.InvariantCulture, $"it said: {string.Join("; ", said.OrderByDescending(s => s.Value).Select(s => $"{s.Key} ({s.Value} x)"))}"));

        async Task HealAsync()
        {
            while (TimeProvider.System.GetElapsedTime(from) < Time)
            {
                var words = await cluster.ReadyAsync(name) is { } answer ? answer.IsReady ? "ready" : Words(answer.Text) : "nothing";
                said[words] = said.GetValueOrDefault(words) + 1;
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            }

            cluster.Keep(name);
            if (cluster.IsRunning(name)) cluster.Signal(name, "TERM");
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
            await cluster.AwaitReadyAsync(TimeSpan.FromMinutes(1));
        }
    }

    private static string Words(string answer) => string.Join(", ", JsonDocument.Parse(answer).RootElement.GetProperty("checks").EnumerateObject().Where(c => c.Value.GetString() != "ok").Select(c => $"{c.Name}: {c.Value.GetString()}"));
}
