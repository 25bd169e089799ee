using IptCloud.Data.Storage;
using IptCloud.Domain.Identifiers;
using IptCloud.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace IptCloud.Grains.Tests.Networks;

/// <summary>Two networks in one PostgreSQL database, each with one row in every table that belongs to networks.</summary>
public sealed class Neighbours : IAsyncDisposable
{
    private readonly PostgresDatabase database;

    private Neighbours(PostgresDatabase database)
    {
        this.database = database;
        Databases = new(database.ConnectionString);
        using var db = Databases.Make(DatabaseRole.Owner);
        Tables = [.. db.Model.GetEntityTypes().Where(t => t.ClrType.IsAssignableTo(typeof(INetworkRow))).Select(t => t.GetTableName()!)];
    }

    public PostgresDatabases Databases { get; }

    /// <summary>The attacker's network.</summary>
    public NetworkId A { get; } = new(Guid.NewGuid());

    /// <summary>The neighbour's.</summary>
    public NetworkId B { get; } = new(Guid.NewGuid());

    /// <summary>Every table of the model whose rows belong to a network.</summary>
    public IReadOnlyList<string> Tables { get; }

    public static async Task<Neighbours> CreateAsync(CancellationToken ct)
    {
        var neighbours = new Neighbours(await PostgresDatabase.CreateAsync(ct));
        await neighbours.Databases.MigrateAsync(ct);
        foreach (var network in new[] { neighbours.A, neighbours.B })
        {
            await using var db = neighbours.Databases.Make(DatabaseRole.Owner, network);
            foreach (var type in db.Model.GetEntityTypes().Where(t => t.ClrType.IsAssignableTo(typeof(INetworkRow)))) db.Add(RowOf(db, type, network));
            await db.SaveChangesAsync(ct);
        }

        return neighbours;
    }

    /// <summary>A connection of a login, for a network if one is named.</summary>
    public async Task<NpgsqlConnection> OpenAsync(DatabaseRole role, NetworkId? network = null)
    {
        var connection = await Databases.Source(role).OpenConnectionAsync();
        if (network is { } n) await RunAsync(connection, $"select set_config('app.network', '{n.Value}', false)");
        return connection;
    }

    /// <summary>As the server's superuser, whom nothing here binds.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var command = Databases.Owner.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async Task RunAsync(string sql)
    {
        await using var connection = await Databases.Owner.OpenConnectionAsync();
        await RunAsync(connection, sql);
    }

    public static async Task<int> RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }

    public static async Task<List<string>> ListAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync();
        List<string> found = [];
        while (await rows.ReadAsync()) found.Add(string.Join(' ', Enumerable.Range(0, rows.FieldCount).Select(i => rows.GetValue(i))));
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await Databases.DisposeAsync();
        await database.DisposeAsync();
    }

    private static object RowOf(IptCloudDb db, IEntityType type, NetworkId network)
    {
        var row = Activator.CreateInstance(type.ClrType)!;
        foreach (var property in type.GetProperties().Where(p => !p.IsShadowProperty()))
        {
            object? value = property.ClrType switch
            {
                var t when t == typeof(NetworkId) => network,
                var t when t == typeof(Guid) => Guid.NewGuid(),
                var t when t == typeof(string) => "x",
                { IsValueType: true } t when t.GetConstructor([typeof(Guid)]) is not null => Activator.CreateInstance(t, Guid.NewGuid()),
                _ => null,
            };
            if (value is not null) property.PropertyInfo!.SetValue(row, value);
        }

        return row;
    }
}
