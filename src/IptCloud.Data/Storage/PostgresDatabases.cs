using System.Collections.Concurrent;
using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace IptCloud.Data.Storage;

/// <summary>One PostgreSQL database, reached by a login for each role; the connection string's own login is the owner, which migrates.</summary>
public sealed class PostgresDatabases : Databases, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, NpgsqlDataSource> sources = new();
    private readonly Dictionary<DatabaseRole, DbContextOptions<PostgresIptCloudDb>> options;
    private readonly string connectionString;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="connectionString">The owner's. Passwords of the other logins come from its <c>Passfile</c>, where the server asks for any.</param>
    public PostgresDatabases(string connectionString)
    {
        this.connectionString = connectionString;
        Owner = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(connectionString).Within(5).ToString()) { Name = "owner" }.Build();
        options = Enum.GetValues<DatabaseRole>().ToDictionary(r => r, r => PostgresIptCloudDb.OptionsFor(Source(r)));
    }

    /// <summary>The pool of the login that may change the schema.</summary>
    public NpgsqlDataSource Owner { get; }

    /// <summary>The pool of the login that appends to the journal.</summary>
    public NpgsqlDataSource Journal => Source("journal", 10);

    /// <summary>The pool of the login that keeps Orleans' tables.</summary>
    public NpgsqlDataSource Cluster => Source("cluster", 10);

    /// <summary>The pool of the login that keeps Hangfire's tables.</summary>
    public NpgsqlDataSource Jobs => Source("worker", 15);

    /// <summary>The pool of a role.</summary>
    public NpgsqlDataSource Source(DatabaseRole role) => role switch
    {
        DatabaseRole.Owner => Owner,
        DatabaseRole.App => Source("app", 30),
        DatabaseRole.Directory => Source("directory", 10),
        DatabaseRole.Worker => Jobs,
        DatabaseRole.Rebuild => Source("rebuild", 5),
        DatabaseRole.Keys => Source("keys", 3),
        DatabaseRole.Reseal => Source("reseal", 3),
        DatabaseRole.Audit => Source("audit", 5),
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    /// <inheritdoc />
    public override IptCloudDb Make(DatabaseRole role, NetworkId? network = null) => new PostgresIptCloudDb(options[role]) { Network = network };

    /// <inheritdoc />
    public override async Task MigrateAsync(CancellationToken ct = default)
    {
        await using PostgresIptCloudDb db = new(options[DatabaseRole.Owner]);
        await PostgresSchema.ApplyAsync(db, ct);
    }

    /// <summary>Makes the logins, and nothing else.</summary>
    public async Task MakeLoginsAsync(CancellationToken ct = default)
    {
        await using var connection = await Owner.OpenConnectionAsync(ct);
        await PostgresSchema.MakeLoginsAsync(connection, ct);
    }

    /// <inheritdoc />
    public override async Task<bool> IsMigratedAsync(CancellationToken ct = default)
    {
        await using var db = Make(DatabaseRole.Directory);
        return !(await db.Database.GetPendingMigrationsAsync(ct)).Any();
    }

    /// <inheritdoc />
    public override async Task<DateTimeOffset?> ClockAsync(DatabaseRole role, CancellationToken ct = default) => await Source(role).OnceMoreAsync(async () =>
    {
        await using var command = Source(role).CreateCommand("select clock_timestamp()");
        await using var rows = await command.ExecuteReaderAsync(ct);
        await rows.ReadAsync(ct);
        return rows.GetFieldValue<DateTimeOffset>(0);
    });

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var source in sources.Values) await source.DisposeAsync();
        await Owner.DisposeAsync();
    }

    // The pool's name is a metric label; without it the label would be the connection string.
    private NpgsqlDataSource Source(string login, int most) => sources.GetOrAdd(login, _ => new NpgsqlDataSourceBuilder(Login(connectionString, login, most)) { Name = login }.Build());

    /// <summary>The connection string of another login.</summary>
    public static string Login(string connectionString, string login, int most)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Username = PostgresSchema.LoginOf(login), MaxAutoPrepare = 60, AutoPrepareMinUsages = 2 };
#pragma warning disable RS0030 // whatever the string says: without its reset a connection would start in another's network
        (settings.NoResetOnClose, settings.Multiplexing) = (false, false);
#pragma warning restore RS0030
        return settings.Within(most).ToString();
    }
}
