using System.Net;
using IptCloud.Data.Storage;
using IptCloud.Grains.Courses;
using IptCloud.Host.Telemetry;
using Npgsql;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Serialization;

namespace IptCloud.Host.Cluster;

/// <summary>How a process takes part in the cluster: as a silo, or as a client of those that are.</summary>
internal static class OrleansHosting
{
    /// <summary>Never changed: it is part of the keys of stored snapshots.</summary>
    private const string ServiceId = "iptcloud";

    // The cluster's tables lie in its database, so there is one to a database; in Azure Storage the table has the installation's name.
    private const string ClusterId = "iptcloud";
    private const string Snapshots = "snapshots";
    private const int Connections = 10;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);

    // What was on its way to a silo when it was killed is never answered: the caller asks again when this has passed, by when the others know.
    private static readonly TimeSpan AnswerClientWithin = TimeSpan.FromSeconds(5);

    // A silo that starts waits until all others answer it that have said so in the last three of these: were they killed together, not for long.
    private static readonly TimeSpan SayAlive = TimeSpan.FromSeconds(5);

    // A silo that was killed, is frozen or cut off is declared dead after some seven seconds. Shorter, and a pause of an overloaded machine would look the same.
    private static readonly TimeSpan AskNeighbours = TimeSpan.FromSeconds(2);
    private const int MissedAnswers = 3;

    // A gateway that is frozen keeps its connections: whoever calls through it waits until the list says that it is gone.
    private static readonly TimeSpan LookForGateways = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ConnectAgain = TimeSpan.FromSeconds(1);

    /// <summary>A silo if the process is one; otherwise a client, which waits until there is a silo.</summary>
    public static WebApplicationBuilder AddOrleans(this WebApplicationBuilder builder, Launch launch)
    {
        // A failure keeps its type on the way to another process, or the caller could not tell an outage from a fault.
        builder.Services.Configure<ExceptionSerializationOptions>(o => o.SupportedNamespacePrefixes.UnionWith(["IptCloud", "Npgsql"]));
        var sendsTelemetry = builder.Configuration.SendsTelemetry();
        var tls = launch.Cluster is { Certificate: { Length: > 0 } certificate, Key: { } key, Authority: { } authority } ? new ClusterTls(certificate, key, authority) : null;
        return launch.Roles.HasFlag(ProcessRoles.Silo) ? builder.AddSilo(launch, tls, sendsTelemetry) : builder.AddClient(launch, tls, sendsTelemetry);
    }

    private static WebApplicationBuilder AddSilo(this WebApplicationBuilder builder, Launch launch, ClusterTls? tls, bool sendsTelemetry)
    {
        builder.Host.UseOrleans(silo =>
        {
            if (launch.Postgres is { } postgres)
            {
                if (launch.Azure is { } azure) silo.AddAzure(azure, Snapshots);
                else
                {
                    silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", Database(postgres)));
                    silo.AddAdoNetGrainStorage(Snapshots, o => (o.Invariant, o.ConnectionString) = ("Npgsql", Database(postgres)));
                }

                silo.Configure<ClusterOptions>(Name);
                silo.Configure<ClusterMembershipOptions>(o =>
                {
                    (o.IAmAliveTablePublishTimeout, o.ProbeTimeout, o.MinProbeTimeout, o.NumMissedProbesLimit) = (SayAlive, AskNeighbours, AskNeighbours, MissedAnswers);
                    // A silo's last word counts as a sign of life for three of these: else one that is frozen or cut off keeps its courses for 24 s.
                    o.MaxProbeTimeout = AskNeighbours;
                });
                silo.Configure<EndpointOptions>(o =>
                {
                    (o.AdvertisedIPAddress, o.SiloPort, o.GatewayPort) = (launch.Cluster.Address, ClusterPorts.SiloPort(launch), ClusterPorts.GatewayPort(launch));
                    (o.SiloListeningEndpoint, o.GatewayListeningEndpoint) = (new(o.AdvertisedIPAddress, o.SiloPort), new(o.AdvertisedIPAddress, o.GatewayPort));
                });
            }
            else silo.UseLocalhostClustering(ClusterPorts.Free(IPAddress.Loopback), ClusterPorts.Free(IPAddress.Loopback), serviceId: ServiceId, clusterId: ClusterId);

            silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = AnswerWithin);
            silo.Configure<GrainCollectionOptions>(o => o.EnableActivationSheddingOnMemoryPressure = true);
            if (tls is not null) silo.UseTls(tls.Configure);
            if (sendsTelemetry) silo.AddActivityPropagation();
            silo.AddDashboard();
            silo.AddCourses();
        });
        return builder;
    }

    private static WebApplicationBuilder AddClient(this WebApplicationBuilder builder, Launch launch, ClusterTls? tls, bool sendsTelemetry)
    {
        builder.Host.UseOrleansClient(client =>
        {
            if (launch.Azure is { } azure) client.AddAzure(azure);
            else client.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", Database(launch.Postgres!)));
            client.Configure<ClusterOptions>(Name);
            client.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = AnswerClientWithin);
            client.Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = LookForGateways);
            client.Services.AddSingleton<Gateways>();
            client.AddGatewayCountChangedHandler(services => services.GetRequiredService<Gateways>().Changed);
            client.UseConnectionRetryFilter(async (_, stopping) =>
            {
                // Processes start in any order: whoever comes before the first silo waits for it.
                await Task.Delay(ConnectAgain, TimeProvider.System, stopping);
                return true;
            });
            client.AddDashboard();
            if (tls is not null) client.UseTls(tls.Configure);
            if (sendsTelemetry) client.AddActivityPropagation();
        });
        return builder;
    }

    private static void Name(ClusterOptions cluster) => (cluster.ClusterId, cluster.ServiceId) = (ClusterId, ServiceId);

    private static string Database(string postgres) =>
        new NpgsqlConnectionStringBuilder(PostgresDatabases.Login(postgres, "cluster", Connections)) { SearchPath = "orleans" }.ToString();
}
