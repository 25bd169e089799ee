using IptCloud.Data.Access;
using IptCloud.Data.Audit;
using IptCloud.Data.Billing;
using IptCloud.Data.Clients;
using IptCloud.Data.Courses;
using IptCloud.Data.Journal;
using IptCloud.Data.Keys;
using IptCloud.Data.Messages;
using IptCloud.Data.Networks;
using IptCloud.Data.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IptCloud.Data.Storage;

/// <summary>Registers the database, the journal and the reads.</summary>
public static class DataHosting
{
    /// <summary>Everything in one SQLite file.</summary>
    /// <param name="masterKeyFile">See <see cref="MasterKeyFile"/>; left out, <c>master.key</c> beside the database.</param>
    public static IServiceCollection AddSqliteData(this IServiceCollection services, string file, string? masterKeyFile = null)
    {
        var connection = $"Data Source={file};Default Timeout=30";
        services.AddSingleton<Databases>(s => new SqliteDatabases(connection, s.GetRequiredService<WriteTurns>()));
        services.AddSingleton<ICourseJournal>(s => new SqliteCourseJournal(connection, s.GetRequiredService<WriteTurns>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<JournalMetrics>(), s.GetRequiredService<NetworkKeys>()));
        services.AddSingleton<AuditLog>(s => new SqliteAuditLog(connection, s.GetRequiredService<WriteTurns>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<AuditMetrics>()));
        return services.AddSingleton<WriteTurns>().AddReads(masterKeyFile ?? Path.Combine(Path.GetDirectoryName(file)!, "master.key"));
    }

    /// <summary>Everything in one PostgreSQL database.</summary>
    /// <param name="connectionString">The owner's, who migrates; the other logins are reached by the same string.</param>
    /// <param name="masterKeyFile">See <see cref="MasterKeyFile"/>.</param>
    public static IServiceCollection AddPostgresData(this IServiceCollection services, string connectionString, string masterKeyFile)
    {
        services.AddSingleton(_ => new PostgresDatabases(connectionString));
        services.AddSingleton<Databases>(s => s.GetRequiredService<PostgresDatabases>());
        services.AddSingleton<ICourseJournal>(s => new PostgresCourseJournal(s.GetRequiredService<PostgresDatabases>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<JournalMetrics>(), s.GetRequiredService<NetworkKeys>()));
        services.AddSingleton<AuditLog>(s => new PostgresAuditLog(s.GetRequiredService<PostgresDatabases>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<AuditMetrics>()));
        return services.AddReads(masterKeyFile);
    }

    private static IServiceCollection AddReads(this IServiceCollection services, string masterKeyFile) => services
        .AddSingleton<IMasterKeys>(_ => new MasterKeyFile(masterKeyFile))
        .AddSingleton<OpenedKeys>()
        .AddSingleton<NetworkKeys>()
        .AddSingleton<KeyRotation>()
        .AddSingleton<Reseal>()
        .AddScoped(s => s.GetRequiredService<Databases>().Make(DatabaseRole.Directory))
        .AddSingleton(JournalRelease.Newest)
        .AddSingleton<JournalMetrics>()
        .AddSingleton<AuditMetrics>()
        .AddSingleton<AuditTrail>()
        .AddSingleton<AuditSealer>()
        .AddSingleton<AuditVerifier>()
        .AddSingleton<AuditWatch>()
        .AddSingleton<NetworkDirectory>()
        .AddSingleton<People>()
        .AddSingleton<PlatformRoles>()
        .AddSingleton<PeopleChanges>()
        .AddSingleton<Invites>()
        .AddSingleton<SignUps>()
        .AddSingleton<NetworkSetup>()
        .AddSingleton(BillingProfile.Off)
        .AddSingleton(s => new BillingClock(s.GetRequiredService<TimeProvider>()))
        .AddSingleton<SeatBook>()
        .AddSingleton<Subscriptions>()
        .AddSingleton<SeatOrders>()
        .AddSingleton<BillingEvents>()
        .AddSingleton<SeatChecks>()
        .AddSingleton<TrialLetters>()
        .AddSingleton<StaffLetters>()
        .AddSingleton<StaffSessions>()
        .AddSingleton<SecondFactors>()
        .AddSingleton<ClosedAccess>()
        .AddSingleton<StaffLockout>()
        .AddSingleton<ClientRecords>()
        .AddSingleton<Caseload>()
        .AddSingleton<MyDay>()
        .AddSingleton<TherapistTime>()
        .AddSingleton<CourseHistory>()
        .AddSingleton<NoteDrafts>()
        .AddSingleton<RestoredMessages>()
        .AddSingleton<Rebuild>();

    /// <summary>At most so many connections, unless the string itself says how many: a server admits 100 in all unless told otherwise.</summary>
    public static NpgsqlConnectionStringBuilder Within(this NpgsqlConnectionStringBuilder settings, int connections)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!settings.ShouldSerialize("Maximum Pool Size")) settings.MaxPoolSize = connections;
        return settings;
    }
}
