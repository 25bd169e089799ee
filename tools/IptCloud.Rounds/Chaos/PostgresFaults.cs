using System.Globalization;

namespace IptCloud.Rounds.Chaos;

/// <summary>PostgreSQL restarted, stopped, or without room.</summary>
internal sealed class PostgresFaults(ClusterProcesses cluster)
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    public IEnumerable<Fault> All() =>
    [
        new("pg-restart", "PostgreSQL restarted (fast)", async () => await StoppedAsync(TimeSpan.Zero), Fault.Usual),
        new("pg-full", "PostgreSQL's volume full for 60 s", FullAsync, Fault.Usual),
        new("pg-stop", "PostgreSQL stopped for 60 s", async () => await StoppedAsync(Minute), Fault.Usual),
    ];

    private async Task<Made> StoppedAsync(TimeSpan time)
    {
        var begun = TimeProvider.System.GetTimestamp();
        await StopAsync();
        await Task.Delay(time, TimeProvider.System);
        await cluster.StartAsync("postgres");
        return new(time == TimeSpan.Zero ? begun : TimeProvider.System.GetTimestamp(), Task.CompletedTask);
    }

    /// <summary>Data and log of writes on one small volume: when the log cannot be written, PostgreSQL ends, and is started again until it can.</summary>
    private async Task<Made> FullAsync()
    {
        SmallVolume volume = new(Path.Combine(cluster.Folder, "postgres"));
        await StopAsync();
        volume.Mount();
        await cluster.StartAsync("postgres");
        await Task.Delay(TimeSpan.FromSeconds(15), TimeProvider.System);
        cluster.Keep("postgres");
        volume.Fill();
        await Task.Delay(Minute, TimeProvider.System);
        volume.Free();
        return new(TimeProvider.System.GetTimestamp(), BackAsync());

        async Task BackAsync()
        {
            await Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System);
            cluster.Release("postgres");
            await StopAsync();
            volume.Unmount();
            await cluster.StartAsync("postgres");
        }
    }

    /// <summary>As <c>pg_ctl stop -m fast</c> does.</summary>
    private async Task StopAsync()
    {
        var server = cluster.Postmaster;
        ClusterProcesses.Run("kill", "-INT", server.ToString(CultureInfo.InvariantCulture));
        while (Directory.Exists($"/proc/{server}") || cluster.IsRunning("postgres")) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
    }
}
