using Npgsql;

namespace IptCloud.Data.Storage;

/// <summary>
/// Connections that were pooled when the server was restarted are dead, and each says so only when it is used. Whoever meets
/// one drops them all and asks once more, so that a restart is felt while it lasts and not for long after.
/// </summary>
internal static class StaleConnections
{
    /// <summary>Whether the connection was broken, as opposed to the server objecting. What was asked may have been carried out.</summary>
    public static bool IsIn(Exception failure) => failure is NpgsqlException { IsTransient: true, SqlState: null or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown };

    /// <summary>Does something, and once more on new connections if the one it met was dead.</summary>
    /// <param name="act">May be carried out twice.</param>
    public static async Task<T> OnceMoreAsync<T>(this NpgsqlDataSource source, Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (NpgsqlException e) when (IsIn(e))
        {
            source.Clear();
            return await act();
        }
    }
}
