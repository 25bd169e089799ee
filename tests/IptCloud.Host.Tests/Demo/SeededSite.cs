using IptCloud.Data.Storage;
using IptCloud.Host.Storage;
using IptCloud.Host.Verbs;
using IptCloud.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace IptCloud.Host.Demo;

/// <summary>A real process on a folder of its own, with the demo seeded: silo, worker and portal as they are started by hand.</summary>
public sealed class SeededSite : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private WebApplication? app;

    public IServiceProvider Services => app!.Services;

    /// <summary>From the start of the process until the demo was ready.</summary>
    public TimeSpan Took { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var launch = Launch.Parse(["--data", folder.Path, "--url", "http://127.0.0.1:0"], _ => null);
        var started = TimeProvider.System.GetTimestamp();
        app = Serve.Build(launch);
        await Schema.MigrateAsync(app.Services);
        await app.StartAsync();
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        while (await ReadAsync(db => db.Members.CountAsync(m => m.IsScripted)) == 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(3), $"The demo is not ready: {app.Services.GetRequiredService<DemoProgress>().Notice}");
            await timer.WaitForNextTickAsync();
        }

        Took = TimeProvider.System.GetElapsedTime(started);
    }

    public async Task<T> ReadAsync<T>(Func<IptCloudDb, Task<T>> read)
    {
        await using var db = await Services.GetRequiredService<Databases>().ReadAsync(DemoNetwork.Id);
        return await read(db);
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Dispose();
    }
}
