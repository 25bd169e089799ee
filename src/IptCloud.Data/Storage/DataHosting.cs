using IptCloud.Data.Clients;
using IptCloud.Data.Courses;
using IptCloud.Data.Journal;
using IptCloud.Data.Networks;
using IptCloud.Data.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IptCloud.Data.Storage;

/// <summary>Registers the database, the journal and the reads.</summary>
public static class DataHosting
{
    private const int MostConnections = 40;

    /// <summary>Everything in one SQLite file.</summary>
    public static IServiceCollection AddSqliteData(this IServiceCollection services, string file)
    {
        var connection = $"Data Source={file};Default Timeout=30";
        services.AddDbContextFactory<SqliteIptCloudDb>(o => o.UseSqlite(connection));
        services.AddSingleton<IDbContextFactory<IptCloudDb>>(s => new Upcast<SqliteIptCloudDb>(s.GetRequiredService<IDbContextFactory<SqliteIptCloudDb>>()));
        services.AddSingleton<ICourseJournal>(s => new SqliteCourseJournal(connection, s.GetRequiredService<WriteTurns>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<JournalMetrics>()));
        return services.AddSingleton<WriteTurns>().AddReads();
    }

    /// <summary>Everything in one PostgreSQL database.</summary>
    public static IServiceCollection AddPostgresData(this IServiceCollection services, string connectionString)
    {
        // The pool's name is a metric label; without it the label would be the connection string.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 60, AutoPrepareMinUsages = 2 }.Within(MostConnections);
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(settings.ToString()) { Name = "iptcloud" }.Build());
        services.AddDbContextFactory<PostgresIptCloudDb>((s, o) => o.UseNpgsql(s.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton<IDbContextFactory<IptCloudDb>>(s => new Upcast<PostgresIptCloudDb>(s.GetRequiredService<IDbContextFactory<PostgresIptCloudDb>>()));
        services.AddSingleton<ICourseJournal>(s => new PostgresCourseJournal(s.GetRequiredService<NpgsqlDataSource>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<JournalMetrics>()));
        return services.AddReads();
    }

    private static IServiceCollection AddReads(this IServiceCollection services) => services
        .AddScoped(s => s.GetRequiredService<IDbContextFactory<IptCloudDb>>().CreateDbContext())
        .AddSingleton<JournalMetrics>()
        .AddSingleton<NetworkDirectory>()
        .AddSingleton<ClientRecords>()
        .AddSingleton<Caseload>()
        .AddSingleton<MyDay>()
        .AddSingleton<CourseHistory>()
        .AddSingleton<NoteDrafts>()
        .AddSingleton<Rebuild>();

    /// <summary>At most so many connections, unless the string itself says how many: a server admits 100 in all unless told otherwise.</summary>
    public static NpgsqlConnectionStringBuilder Within(this NpgsqlConnectionStringBuilder settings, int connections)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!settings.ShouldSerialize("Maximum Pool Size")) settings.MaxPoolSize = connections;
        return settings;
    }

    private sealed class Upcast<TDb>(IDbContextFactory<TDb> inner) : IDbContextFactory<IptCloudDb> where TDb : IptCloudDb
    {
        public IptCloudDb CreateDbContext() => inner.CreateDbContext();

        public async Task<IptCloudDb> CreateDbContextAsync(CancellationToken cancellationToken = default) => await inner.CreateDbContextAsync(cancellationToken);
    }
}
