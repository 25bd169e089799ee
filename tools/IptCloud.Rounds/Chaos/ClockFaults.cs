using System.Globalization;
using System.Text.Json;

namespace IptCloud.Rounds.Chaos;

/// <summary>A process whose machine's clock is wrong for a minute and a half (Debian's faketime): from its start on, or from one moment to the next while it works.</summary>
internal sealed class ClockFaults(ClusterProcesses cluster)
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(90);
    private static readonly bool[] Ways = [false, true];
    private static readonly Uri Firing = new("http://127.0.0.1:9190/api/v1/query?query=ALERTS{alertname=\"ClockOff\",alertstate=\"firing\"}");

    public IEnumerable<Fault> All() =>
        from role in new[] { ("silo", "silo-5112"), ("portal", "portal-5122"), ("worker", "worker-5131") }
        from off in new[] { ("10s", "10 s", "+10s"), ("hour", "an hour", "+3600s") }
        from jumps in Ways
        select jumps
            ? new Fault($"jump-{role.Item1}-{off.Item1}", $"a {role.Item1}'s clock jumps {off.Item2} ahead, for 90 s", () => JumpAsync(role.Item2, off.Item3), Fault.Usual)
            : new Fault($"clock-{role.Item1}-{off.Item1}", $"a {role.Item1} started with a clock {off.Item2} ahead, for 90 s", () => StartAsync(role.Item2, off.Item3), Fault.Usual);

    private Task<Made> StartAsync(string name, string off)
    {
        Keep(name, ("FAKETIME", off));
        cluster.Signal(name, "TERM");
        return Task.FromResult(Watched(name));
    }

    private async Task<Made> JumpAsync(string name, string off)
    {
        var clock = Path.Combine(cluster.Folder, "etc", $"clock-{name}");
        await File.WriteAllTextAsync(clock, "+0");
        Keep(name, ("FAKETIME_TIMESTAMP_FILE", clock), ("FAKETIME_CACHE_DURATION", "1"));
        cluster.Signal(name, "TERM");
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        await cluster.AwaitReadyAsync(TimeSpan.FromMinutes(1));
        await File.WriteAllTextAsync(clock, off);
        return Watched(name);
    }

    private void Keep(string name, params IEnumerable<(string Name, string Value)> variables)
    {
        if (!File.Exists(Library)) throw new InvalidOperationException("The clock faults need Debian's package faketime.");
        cluster.Keep(name, new[] { ("LD_PRELOAD", Library), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"), ("DONT_FAKE_MONOTONIC", "1") }.Concat(variables).ToDictionary(v => v.Item1, v => v.Item2));
    }

    private Made Watched(string name)
    {
        var from = TimeProvider.System.GetTimestamp();
        Dictionary<string, int> said = [];
        return new(from, HealAsync(), () => string.Create(CultureInfo.InvariantCulture, $"it said: {string.Join("; ", said.OrderByDescending(s => s.Value).Select(s => $"{s.Key} ({s.Value} x)"))}"));

        async Task HealAsync()
        {
            using HttpClient prometheus = new();
            while (TimeProvider.System.GetElapsedTime(from) < Time)
            {
                var words = await cluster.ReadyAsync(name) is { } answer ? answer.IsReady ? "ready" : Words(answer.Text) : "nothing";
                if ((await prometheus.GetStringAsync(Firing)).Contains("ClockOff", StringComparison.Ordinal)) words += ", and the alert rings";
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
