using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;

namespace IptCloud.Data.Storage;

/// <summary>The model on SQLite: the embedded profile. It writes in turn with the journal and with every other context.</summary>
public sealed class SqliteIptCloudDb(DbContextOptions<SqliteIptCloudDb> options, WriteTurns turns) : IptCloudDb(options)
{
    private static IModel? model;
    private bool mine;

    /// <summary>The options of a file's contexts. They are made once, and hold the model: the framework compares the one and looks for the other for every context.</summary>
    public static DbContextOptions<SqliteIptCloudDb> OptionsFor(string connectionString)
    {
        DbContextOptionsBuilder<SqliteIptCloudDb> builder = new();
        builder.UseSqlite(connectionString, o => o.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter)).AddInterceptors(OutOfTurn.Instance).UseApplicationServiceProvider(Identity);
        if (model is null)
        {
            using SqliteIptCloudDb db = new(builder.Options, new());
            model = db.Model;
        }

        return builder.UseModel(model).Options;
    }

    /// <inheritdoc />
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (mine) return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        await TakeTurnAsync(cancellationToken);
        try
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            EndTurn();
        }
    }

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        if (mine) return base.SaveChanges(acceptAllChangesOnSuccess);
        turns.Take();
        mine = true;
        try
        {
            return base.SaveChanges(acceptAllChangesOnSuccess);
        }
        finally
        {
            EndTurn();
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        base.Dispose();
        EndTurn();
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        EndTurn();
    }

    internal override async Task TakeTurnAsync(CancellationToken ct)
    {
        if (mine) return;
        await turns.TakeAsync(ct);
        mine = true;
    }

    internal override async Task OverwriteDeletedAsync(CancellationToken ct)
    {
        await Database.OpenConnectionAsync(ct);
        await Database.ExecuteSqlAsync($"pragma secure_delete=on", ct);
    }

    internal override async Task RemoveRemnantsAsync(CancellationToken ct)
    {
        await Database.ExecuteSqlAsync($"vacuum", ct);
        await Database.ExecuteSqlAsync($"pragma wal_checkpoint(truncate)", ct); // else they would lie in the write-ahead log until it is used again
    }

    private void EndTurn()
    {
        if (!mine) return;
        mine = false;
        turns.End();
    }

    /// <summary>Finds, at the first run, a statement that writes through a context made for reading.</summary>
    private sealed class OutOfTurn : DbCommandInterceptor
    {
        public static readonly OutOfTurn Instance = new();

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            eventData is { CommandSource: CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete, Context: SqliteIptCloudDb { mine: false } }
                ? throw new InvalidOperationException($"Write with a context from {nameof(Databases)}.{nameof(Databases.WriteAsync)}.")
                : base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
    }
}
