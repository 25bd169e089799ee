using System.Net;
using System.Net.Sockets;
using IptCloud.Data.Storage;
using IptCloud.Grains.Courses;
using IptCloud.Host.Telemetry;
using Npgsql;
using Orleans.Configuration;

namespace IptCloud.Host.Silo;

/// <summary>The silo of this process.</summary>
internal static class SiloHosting
{
    private const int SnapshotConnections = 10;

    /// <summary>One silo on loopback. A cluster of several comes with its own profile.</summary>
    public static WebApplicationBuilder AddSilo(this WebApplicationBuilder builder, Launch launch)
    {
        builder.Host.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort(), FreePort(), serviceId: "iptcloud", clusterId: "iptcloud");
            silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(15));
            silo.Configure<GrainCollectionOptions>(o => o.EnableActivationSheddingOnMemoryPressure = true);
            if (builder.Configuration.SendsTelemetry()) silo.AddActivityPropagation();
            silo.AddCourses();
            if (launch.Postgres is { } postgres)
                silo.AddAdoNetGrainStorage("snapshots", o =>
                {
                    o.Invariant = "Npgsql";
                    o.ConnectionString = new NpgsqlConnectionStringBuilder(PostgresDatabases.Login(postgres, "cluster", SnapshotConnections)) { SearchPath = "orleans" }.ToString();
                });
        });
        return builder;
    }

    /// <summary>Silo and gateway talk to this process only, so any free port will do and several installations can run side by side.</summary>
    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
