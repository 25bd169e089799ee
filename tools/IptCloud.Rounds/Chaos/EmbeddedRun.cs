using System.Diagnostics;
using IptCloud.Host;
using IptCloud.Testing;

namespace IptCloud.Rounds.Chaos;

/// <summary>The embedded profile, one process on one folder, whose volume is full for a minute under load; and killed.</summary>
internal static class EmbeddedRun
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(string folder, Arguments arguments)
    {
        var data = Directory.CreateDirectory(Path.Combine(Path.GetFullPath(folder), "data")).FullName;
        await using var sink = await SmtpSink.StartAsync();
        Uri url = new($"http://localhost:{FreePort.Next()}");
        string[] options = ["--data", data, "--url", url.ToString(), "--no-demo", "--no-billing"];
        SmallVolume volume = new(data);
        volume.Mount();
        Process? process = null;
        using CancellationTokenSource end = new();
        var keeping = Task.CompletedTask;
        var launch = Launch.Parse(options, _ => null);
        try
        {
            Installation place = new(Path.GetFullPath(folder), url, null, launch, launch)
            {
                SeededAsync = async () =>
                {
                    process = Start();
                    using HttpClient http = new();
                    while (!await AnswersAsync(http)) await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
                    keeping = KeepAsync();
                },
            };
            return await ChaosRun.WorkAsync(place, sink, arguments, _ => [new("full", "embedded: the folder full for 60 s", FullAsync, Fault.Usual), new("kill", "embedded: kill -9", KillAsync, Fault.Usual)], () => Task.CompletedTask) ? 0 : 1;
        }
        finally
        {
            await end.CancelAsync();
            await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (process is { HasExited: false })
            {
                process.Kill();
                await process.WaitForExitAsync();
            }

            volume.Unmount();
        }

        async Task<Made> FullAsync()
        {
            volume.Fill();
            await Task.Delay(Time, TimeProvider.System);
            volume.Free();
            return Made.Now();
        }

        Task<Made> KillAsync()
        {
            process!.Kill();
            return Task.FromResult(Made.Now());
        }

        // As a service's Restart=always would.
        async Task KeepAsync()
        {
            while (!end.IsCancellationRequested)
            {
                await process!.WaitForExitAsync(end.Token);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, end.Token);
                process = Start();
            }
        }

        Process Start()
        {
            ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "iptcloud.dll"), "run", .. options]);
            foreach (var (name, value) in ChaosRun.MailTo(sink)) start.Environment[name] = value;
            return Process.Start(start)!;
        }

        async Task<bool> AnswersAsync(HttpClient http)
        {
            try
            {
                return (await http.GetAsync(new Uri(url, "/health/ready"))).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }
}
