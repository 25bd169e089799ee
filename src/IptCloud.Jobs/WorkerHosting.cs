using System.Collections.Immutable;
using Hangfire;
using IptCloud.Data.Messages;
using IptCloud.Data.Telemetry;
using IptCloud.Jobs.Access;
using IptCloud.Jobs.Audit;
using IptCloud.Jobs.Billing;
using IptCloud.Jobs.DueWork;
using IptCloud.Jobs.Messages;
using IptCloud.Jobs.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IptCloud.Jobs;

/// <summary>Registers the role <c>worker</c>.</summary>
public static class WorkerHosting
{
    private const int SweepWorkers = 2;

    /// <summary>What the names of this process's job servers begin with.</summary>
    public static ImmutableArray<string> ServerNames { get; } = [NameOf(WorkerQueues.Sweeps), NameOf(WorkerQueues.Delivery)];

    /// <summary>
    /// Adds jobs, queues and the pulse. The host brings Hangfire's storage (<c>AddHangfire</c>), the grains, the two clocks, the
    /// data, and one way for messages to leave (<see cref="SendersHosting"/>).
    /// </summary>
    public static IServiceCollection AddWorker(this IServiceCollection services, Action<WorkerOptions> configure)
    {
        services.AddOptions<WorkerOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.AddMessageTables();
        services.AddSingleton<MessageRenderer>().AddSingleton<WorkerClock>();
        services.AddTransient<SweepJob>().AddTransient<OutboxSweepJob>().AddTransient<DeliveryJob>().AddTransient<SealAuditJob>().AddTransient<VerifyAuditJob>()
            .AddTransient<LetterSweepJob>().AddTransient<LetterJob>().AddTransient<BillingSweepJob>().AddTransient<CheckSeatsJob>().AddTransient<ClosedAccessJob>();
        // Two servers, so that slow mail never keeps a sweep waiting.
        services.AddHangfireServer(o => Serve(o, WorkerQueues.Sweeps, SweepWorkers));
        services.AddHangfireServer((s, o) => Serve(o, WorkerQueues.Delivery, s.GetRequiredService<Microsoft.Extensions.Options.IOptions<WorkerOptions>>().Value.DeliveriesAtOnce));
        services.TryAddSingleton<PromiseReader>();
        services.AddMetrics().AddSingleton<PromiseWatch>().AddHostedService(s => s.GetRequiredService<PromiseWatch>());
        return services.AddHostedService<WorkPulse>();
    }

    private static void Serve(BackgroundJobServerOptions server, string queue, int workers)
    {
        server.Queues = [queue];
        server.WorkerCount = workers;
        server.ServerName = NameOf(queue);
    }

    private static string NameOf(string queue) => $"{Environment.MachineName}:{Environment.ProcessId}:{queue}";
}
