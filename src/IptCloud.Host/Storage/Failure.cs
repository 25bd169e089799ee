using IptCloud.Data.Keys;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace IptCloud.Host.Storage;

/// <summary>What failed beside the program: a database, a disk, a key.</summary>
internal static class Failure
{
    /// <summary>One line for whoever started it; null: it may be a fault of the program, of which everything is to be seen.</summary>
    public static string? Explain(Exception failure) => failure switch
    {
        IOException or UnauthorizedAccessException => failure.Message,
        _ => OfDatabase(failure),
    };

    private static string? OfDatabase(Exception? failure) => failure switch
    {
        null or LaunchException => null,
        MasterKeyException e => e.Message,
        SqliteException { SqliteErrorCode: 26 or 11 } => "The data folder holds a damaged database (iptcloud.db). Restore it from a backup, or name another folder with --data.",
        SqliteException { SqliteErrorCode: 1 or 19 or 20 or 21 or 25 } => null, // statements that are wrong
        SqliteException e => $"The database in the data folder cannot be used: {e.Message}",
        PostgresException { SqlState: "28000" or "28P01" or "42501" or "3F000" or "42P01" } e => $"PostgreSQL refused: {e.MessageText}. Has \"iptcloud migrate\" been run, as the owner?",
        PostgresException { SqlState: ['2', '2' or '3', ..] or ['4', '2', ..] } => null, // the same
        PostgresException e => $"PostgreSQL refused: {e.MessageText}",
        NpgsqlException e => $"PostgreSQL cannot be reached: {e.InnerException?.Message ?? e.Message}",
        _ => OfDatabase(failure.InnerException),
    };
}
