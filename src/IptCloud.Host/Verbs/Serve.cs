using System.Reflection;
using IptCloud.Data.Storage;
using IptCloud.Host.Billing;
using IptCloud.Host.Cluster;
using IptCloud.Host.Demo;
using IptCloud.Host.Health;
using IptCloud.Host.Storage;
using IptCloud.Host.Telemetry;
using IptCloud.Host.Time;
using IptCloud.Host.Worker;
using IptCloud.Portal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Console;

namespace IptCloud.Host.Verbs;

/// <summary>Serves portal, silo and worker, or those of them that this process is for.</summary>
internal static class Serve
{
    public static async Task<int> RunAsync(Launch launch)
    {
        // Before anything is made; but who uses a folder that is there explains more than the port they took.
        if (!launch.IsEmbedded || !Directory.Exists(launch.DataFolder)) Ports.DemandFree(launch);
        using var folder = DataFolderLock.Take(launch);
        DataFolderLock.DemandOpen(launch);
        Ports.DemandFree(launch);
        await using var app = Build(launch);
        if (launch.IsEmbedded) await Schema.MigrateAsync(app.Services);
        else await Schema.DemandAsync(app.Services);
        if (launch.Azure is { } azure) await AzurePlugIn.DemandAsync(azure);
        if (launch.IsEmbedded) await StartClockAsync(app.Services, launch);
        else await app.Services.GetRequiredService<ClusterClock>().DemandAsync();
        try
        {
            await app.StartAsync();
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw Ports.PortalIsTaken(launch);
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return 0; // told to stop before it was ready
        }

        Console.WriteLine($"IptCloud{(launch.Roles == ProcessRoles.All ? "" : $" ({launch.Roles.Text()})")} is ready at {launch.Url.ToString().TrimEnd('/')}");
        if (launch.IsEmbedded && !launch.Demo && await app.Services.GetRequiredService<IptCloud.Data.Networks.SignUps>().IsNewAsync()) Console.WriteLine($"Set up a network at {launch.Url.ToString().TrimEnd('/')}/sign-up; its letters {(SmtpSettings.Of(app.Configuration) is null ? $"come to {launch.MailboxFolder}" : "leave by mail")}");
        if (launch.IsEmbedded) Console.WriteLine($"Everything is kept in {launch.DataFolder}");
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Composes the process.</summary>
    /// <param name="alter">Puts another part in place of one, for a measurement.</param>
    /// <param name="settings">Beside those of the environment, which all hosts of a process share.</param>
    public static WebApplication Build(Launch launch, Action<IServiceCollection>? alter = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = Assembly.GetExecutingAssembly().GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddSecrets(launch);
        if (settings is not null) builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseStaticWebAssets().UseUrls(launch.Url.ToString()).ConfigureKestrel(o => o.AddServerHeader = false);
        // Else an unpublished build would read style sheet and script anew for each request and send them uncompressed.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] ??= "false";
        builder.Logging.AddConsoleFormatter<StructuredConsole, ConsoleFormatterOptions>();
        builder.Logging.ClearProviders().AddSimpleConsole(o => o.SingleLine = true).AddConsole(o => o.FormatterName = launch.IsEmbedded ? ConsoleFormatterNames.Simple : StructuredConsole.FormatterName).AddFilter(null, LogLevel.Warning)
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter("Orleans", LogLevel.Error)
            // Logs the address of every request at the level Information, and that of a client's link is a secret.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            // These two log with a stack trace what is then said in one line, or retried.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddFilter("Microsoft.EntityFrameworkCore.Database", LogLevel.None);
        builder.Services.AddSingleton(launch);
        builder.Services.AddTime(launch);
        builder.Services.AddData(launch).AddSingleton(launch.Writes);
        builder.Services.AddProtection();
        if (launch.Roles.HasFlag(ProcessRoles.Portal)) builder.Services.AddPortal(o => o.PublicUrl = launch.PublicUrl);
        builder.AddOrleans(launch).AddTelemetry().AddWorkerProfile(launch).AddBilling(launch).AddDemo(launch).AddHealth(launch).AddPublicAddress(launch);
        // Whoever seals the audit writes these entries beside it; other processes have no such job.
        if (!launch.Roles.HasFlag(ProcessRoles.Worker)) builder.Services.AddHostedService<KeyEntries>();
        alter?.Invoke(builder.Services);
        var app = builder.Build();
        app.UsePublicAddress(launch);
        if (launch.Roles.HasFlag(ProcessRoles.Portal)) app.MapPortal().MapJobs().MapClusterDashboard();
        app.MapTelemetry(launch).MapHealth();
        return app;
    }

    /// <summary>The clinic clock never goes back behind what was recorded, e.g. after a run at higher speed.</summary>
    private static async Task StartClockAsync(IServiceProvider services, Launch launch)
    {
        var clock = services.GetRequiredService<ClinicTimeProvider>();
        await using var db = await services.GetRequiredService<Databases>().ReadAsync(DatabaseRole.Rebuild);
        if (await db.Journal.AcrossNetworks().MaxAsync(j => (DateTimeOffset?)j.RecordedAt) is { } last) clock.Release(last);
        clock.SetSpeed(launch.Speed);
    }
}
