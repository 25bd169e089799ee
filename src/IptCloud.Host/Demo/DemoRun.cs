using IptCloud.Host.Time;
using IptCloud.Portal;

namespace IptCloud.Host.Demo;

/// <summary>The demo of an embedded installation: prepares it once the portal is up, prints how to sign in, and lets it go on.</summary>
internal sealed partial class DemoRun(
    DemoSetup setup, DemoSeed seed, DemoLife life, DemoProgress progress, PortalOptions portal, ClinicTimeProvider clinic, Launch launch, IHostApplicationLifetime application, ILogger<DemoRun> log)
    : BackgroundService, IHostedLifecycleService
{
    private DemoStanding standing;
    private DateTimeOffset end;

    /// <summary>Before anything else starts: while a history is being told, nothing of it may fall due for the worker.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        standing = await setup.StandingAsync(cancellationToken);
        portal.Notice = () => progress.Notice;
        if (standing is not (DemoStanding.Empty or DemoStanding.Begun)) return;
        end = clinic.GetUtcNow();
        clinic.Hold(end - DemoCases.History);
        progress.Begin();
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (standing == DemoStanding.Occupied || !await IsUpAsync(stoppingToken)) return;
        try
        {
            if (standing != DemoStanding.Ready) await PrepareAsync(stoppingToken);
        }
#pragma warning disable CA1031 // a demo that cannot be prepared must not take the portal down
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFailed(e);
            progress.Fail();
            return;
        }

        portal.DemoSignIns = DemoNetwork.SignIns;
        Print();
        await life.RunAsync(stoppingToken);
    }

    private async Task PrepareAsync(CancellationToken ct)
    {
        var cases = DemoCases.Seeded(end);
        await setup.PlaceAsync(cases, ct);
        await seed.RunAsync(cases, end, ct);
        await setup.CompleteAsync(ct);
        clinic.Release(end);
        progress.End();
    }

    private async Task<bool> IsUpAsync(CancellationToken ct)
    {
        TaskCompletionSource up = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = application.ApplicationStarted.Register(up.SetResult);
        await using var stopped = ct.Register(() => up.TrySetCanceled(ct));
        await Task.WhenAny(up.Task);
        return up.Task.IsCompletedSuccessfully;
    }

    private void Print()
    {
        Console.WriteLine();
        Console.WriteLine($"The demo is ready. Sign in at {launch.Url.ToString().TrimEnd('/')} with the password {DemoNetwork.Password} as one of:");
        foreach (var m in DemoNetwork.Members) Console.WriteLine($"  {m.Email,-34}{m.Name}: {m.Role}");
        if (launch.Speed <= 1) Console.WriteLine("Start with --speed 1008 to watch a week pass in ten minutes, or with --no-demo to start empty.");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The demo could not be prepared. Delete the data folder to begin again, or start with --no-demo.")]
    private partial void LogFailed(Exception exception);
}
