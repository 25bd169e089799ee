using IptCloud.Domain.Identifiers;

namespace IptCloud.Data.Storage;

/// <summary>On whose behalf the database is opened. On PostgreSQL each is a login of its own that may do nothing else.</summary>
public enum DatabaseRole
{
    /// <summary>Changes the schema. On PostgreSQL it sees no row of any network.</summary>
    Owner,
    /// <summary>The rows of one network, and only those.</summary>
    App,
    /// <summary>What must be found before a network is known: users, memberships, the network behind a token.</summary>
    Directory,
    /// <summary>Claims due work and messages of all networks; ids only, nothing sealed.</summary>
    Worker,
    /// <summary>Compares and renews derived tables of all networks; a person runs it.</summary>
    Rebuild,
    /// <summary>Makes, rotates and deletes the wrapped data keys of all networks; sees no record.</summary>
    Keys,
    /// <summary>Reads and replaces what is sealed, in all networks, and changes nothing else; a person runs it.</summary>
    Reseal,
    /// <summary>Adds to the audit of all networks and reads it; may change nothing, not even there.</summary>
    Audit,
}

/// <summary>
/// Opens the database for one purpose. A context for a network sees and writes that network's rows only, whichever way it
/// is asked; a context for anything else sees none of them unless it says so at the place.
/// </summary>
public abstract class Databases
{
    /// <summary>One network's rows, for reading and <c>SaveChanges</c>.</summary>
    public Task<IptCloudDb> ReadAsync(NetworkId network, CancellationToken ct = default) => Task.FromResult(Make(DatabaseRole.App, network));

    /// <summary>One network's rows, with the turn to write until it is disposed, where the database has turns. Nothing else may be waited for meanwhile.</summary>
    public Task<IptCloudDb> WriteAsync(NetworkId network, CancellationToken ct = default) => TakeTurnAsync(Make(DatabaseRole.App, network), ct);

    /// <summary>All networks, for a role that may see part of them; for reading.</summary>
    public Task<IptCloudDb> ReadAsync(DatabaseRole role, CancellationToken ct = default) => Task.FromResult(Make(role));

    /// <summary>As <see cref="ReadAsync(DatabaseRole, CancellationToken)"/>, with the turn to write.</summary>
    public Task<IptCloudDb> WriteAsync(DatabaseRole role, CancellationToken ct = default) => TakeTurnAsync(Make(role), ct);

    /// <summary>A context of a role.</summary>
    /// <param name="network">Whose rows it sees; null: nobody's.</param>
    public abstract IptCloudDb Make(DatabaseRole role, NetworkId? network = null);

    /// <summary>Brings the schema up to date, with what each role may do.</summary>
    public abstract Task MigrateAsync(CancellationToken ct = default);

    /// <summary>True if the schema is the one that this program was built for.</summary>
    public abstract Task<bool> IsMigratedAsync(CancellationToken ct = default);

    /// <summary>The clock of the database, by which the processes of a cluster agree; null where the only one is this process's. That it answers shows that the role is let in.</summary>
    public abstract Task<DateTimeOffset?> ClockAsync(DatabaseRole role, CancellationToken ct = default);

    private static async Task<IptCloudDb> TakeTurnAsync(IptCloudDb db, CancellationToken ct)
    {
        try
        {
            await db.TakeTurnAsync(ct);
            return db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }
}
