using IptCloud.Data.Keys;

namespace IptCloud.Host.Cluster;

/// <summary>Writes once a minute, and at the end, which networks' keys this process has opened: each process has its own.</summary>
internal sealed partial class KeyEntries(OpenedKeys opened, TimeProvider clock, ILogger<KeyEntries> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await WriteAsync();
    }

    private async Task WriteAsync()
    {
        try
        {
            await opened.WriteAsync();
        }
#pragma warning disable CA1031 // an audit that is away for a while: they wait for the next minute
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogWaiting(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Which keys were opened could not be written into the audit; it is tried again in a minute.")]
    private partial void LogWaiting(Exception exception);
}
