using IptCloud.Host.Browser;
using IptCloud.Host.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IptCloud.Host.Cluster;

/// <summary>A silo, a portal and a worker on one database, with one clinic; each test leaves them as it found them.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    public ClusterSite Site { get; private set; } = null!;

    public WebApplication Silo { get; private set; } = null!;

    public WebApplication Portal { get; private set; } = null!;

    public WebApplication Worker { get; private set; } = null!;

    /// <summary>The clock of the worker's machine.</summary>
    public ShiftedClock WorkerClock { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Site = await ClusterSite.CreateAsync();
        await StartSiloAsync();
        Portal = await Site.StartAsync("portal");
        Worker = await Site.StartAsync("worker", s => s.Replace(ServiceDescriptor.KeyedSingleton<TimeProvider>(SharedTime.Machine, WorkerClock)));
        await SiteClinic.PlantAsync(Portal.Services);
    }

    public async Task StartSiloAsync() => Silo = await Site.StartAsync("silo");

    public ValueTask DisposeAsync() => Site?.DisposeAsync() ?? default;
}

[CollectionDefinition("cluster")]
public sealed class OneCluster : ICollectionFixture<SharedCluster>;
