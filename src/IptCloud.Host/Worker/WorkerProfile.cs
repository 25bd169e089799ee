using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using IptCloud.Data.Storage;
using IptCloud.Host.Cluster;
using IptCloud.Host.Time;
using IptCloud.Jobs;
using IptCloud.Jobs.Messages;
using IptCloud.Portal.Access;
using Npgsql;

namespace IptCloud.Host.Worker;

/// <summary>The worker of this process: where Hangfire keeps its jobs, and how messages leave.</summary>
internal static class WorkerProfile
{
    /// <summary>Embedded: in memory (all of it is rebuilt from due work and outbox) and into a mailbox folder. PostgreSQL: there. SMTP whenever it is configured.</summary>
    public static WebApplicationBuilder AddWorkerProfile(this WebApplicationBuilder builder, Launch launch)
    {
        // The portal shows the jobs, whoever does them.
        if (launch.Roles.HasFlag(ProcessRoles.Worker) || launch.Roles.HasFlag(ProcessRoles.Portal)) builder.AddJobStorage(launch);
        if (launch.Roles.HasFlag(ProcessRoles.Worker)) builder.AddWorker(launch);
        return builder;
    }

    private static void AddJobStorage(this WebApplicationBuilder builder, Launch launch)
    {
        // Each host has its own storage and makes its own jobs: Hangfire would otherwise hand out the static current ones, another host's in the same process.
        builder.Services.AddSingleton<JobActivator>(services => new AspNetCoreJobActivator(services.GetRequiredService<IServiceScopeFactory>()));
        if (launch.IsEmbedded) builder.Services.AddSingleton<JobStorage>(_ => new InMemoryStorage());
        _ = GlobalJobFilters.Filters; // made once, before any host's loggers are Hangfire's
        builder.Services.AddHangfire((services, hangfire) =>
        {
            hangfire.UseLogProvider(new JobLog(services.GetRequiredService<ILoggerFactory>()));
            hangfire.UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings();
            if (launch.IsEmbedded) hangfire.UseStorage(services.GetRequiredService<JobStorage>());
            else
                hangfire.UsePostgreSqlStorage(
                    p => p.UseConnectionFactory(new DataSourceConnections(services.GetRequiredService<PostgresDatabases>().Jobs)),
                    new PostgreSqlStorageOptions { PrepareSchemaIfNecessary = false, UseSlidingInvisibilityTimeout = true, InvisibilityTimeout = TimeSpan.FromMinutes(5), QueuePollInterval = TimeSpan.FromSeconds(1) });
        });
    }

    private static void AddWorker(this WebApplicationBuilder builder, Launch launch)
    {
        builder.Services.AddWorker(o =>
        {
            (o.IsOnlyWorker, o.UsesDatabaseClock) = (launch.IsEmbedded, !launch.IsEmbedded);
            o.PublicUrl = launch.PublicUrl;
        });
        builder.Services.AddOptions<WorkerOptions>().Configure<ClinicTimeProvider>((o, clock) => o.ClockSpeed = () => clock.Speed);
        if (SmtpSettings.Of(builder.Configuration) is { } smtp) builder.Services.AddSmtp(smtp.Bind);
        else builder.Services.AddMailboxFolder(launch.MailboxFolder);
    }

    /// <summary>Hangfire's dashboard, for platform operations only. Its own pages carry inline scripts, hence its own policy on content.</summary>
    public static WebApplication MapJobs(this WebApplication app)
    {
        app.MapHangfireDashboard("/ops/jobs", new DashboardOptions { Authorization = [], DashboardTitle = "IptCloud jobs", AppPath = "/ops", DisplayStorageConnectionString = false }).RequireAuthorization(PortalPolicies.Ops);
        return app;
    }

    private sealed class DataSourceConnections(NpgsqlDataSource database) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => database.CreateConnection();
    }
}
