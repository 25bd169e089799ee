using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace IptCloud.Data.Storage;

/// <summary>The model on PostgreSQL: the cluster profiles. What belongs to no network lies in a schema of its own, outside the row policies.</summary>
public sealed class PostgresIptCloudDb(DbContextOptions<PostgresIptCloudDb> options) : IptCloudDb(options)
{
    /// <summary>The schema of what must be found before a network is known.</summary>
    public const string Directory = "directory";

    private static IModel? model;

    /// <summary>The options of a login's contexts. They are made once, and hold the model: the framework compares the one and looks for the other for every context.</summary>
    public static DbContextOptions<PostgresIptCloudDb> OptionsFor(DbDataSource source)
    {
        DbContextOptionsBuilder<PostgresIptCloudDb> builder = new();
        builder.UseNpgsql(source).AddInterceptors(NetworkOfConnection.Instance).UseApplicationServiceProvider(Identity);
        if (model is null)
        {
            using PostgresIptCloudDb db = new(builder.Options);
            model = db.Model;
        }

        return builder.UseModel(model).Options;
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        foreach (var entity in builder.Model.GetEntityTypes())
            if (!entity.IsMappedToJson() && !entity.ClrType.IsAssignableTo(typeof(INetworkRow))) entity.SetSchema(Directory);
    }

    /// <summary>Tells each connection, whenever it is opened, whose rows it is for: a pooled one has forgotten it, and must.</summary>
    private sealed class NetworkOfConnection : DbConnectionInterceptor
    {
        public static readonly NetworkOfConnection Instance = new();

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            try
            {
                await TellAsync(connection, eventData, cancellationToken);
            }
            catch (Exception e) when (StaleConnections.IsIn(e))
            {
                await connection.CloseAsync();
                NpgsqlConnection.ClearPool((NpgsqlConnection)connection);
                await connection.OpenAsync(cancellationToken);
                await TellAsync(connection, eventData, cancellationToken);
            }
        }

        private static async Task TellAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken ct)
        {
            if (CommandFor(connection, eventData) is not { } command) return;
            await using (command) await command.ExecuteNonQueryAsync(ct);
        }

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            if (CommandFor(connection, eventData) is not { } command) return;
            using (command) command.ExecuteNonQuery();
        }

        private static DbCommand? CommandFor(DbConnection connection, ConnectionEndEventData eventData)
        {
            if (eventData.Context is not PostgresIptCloudDb { Network: { } network }) return null;
            var command = connection.CreateCommand();
            command.CommandText = "select set_config('app.network', @network, false)";
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("network", network.Value.ToString());
            command.Parameters.Add(parameter);
            return command;
        }
    }
}
