using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace IptCloud.Data.Storage;

/// <summary>Tells a database that is away from one that objects.</summary>
public static class Outage
{
    /// <summary>The database was restarted, cannot be reached, or has no room: the next request may find it well.</summary>
    public static bool IsIn(Exception? failure) => failure switch
    {
        null => false,
        // PostgreSQL objects with ERROR; with these two it ends the connection, or takes none while it starts, recovers or has no room.
        PostgresException { InvariantSeverity: "FATAL" or "PANIC" } => true,
        DbException { IsTransient: true } or SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 13 or 14 } => true, // busy, locked, read-only, i/o, full, cannot open
        _ => IsIn(failure.InnerException),
    };
}
