using IptCloud.Data.Storage;
using Npgsql;

namespace IptCloud.Portal;

public sealed class PortalErrorsTests
{
    [Fact]
    public void A_database_that_is_away_is_told_from_one_that_objects()
    {
        var away = new PostgresException("terminating connection due to administrator command", "FATAL", "FATAL", PostgresErrorCodes.AdminShutdown);
        Assert.True(Outage.IsIn(new InvalidOperationException("An exception has been raised that is likely due to a transient failure.", away)));
        Assert.True(Outage.IsIn(new NpgsqlException("Failed to connect", new System.Net.Sockets.SocketException())));
        Assert.False(Outage.IsIn(new InvalidOperationException("fault", new PostgresException("permission denied", "ERROR", "ERROR", PostgresErrorCodes.InsufficientPrivilege))));
        Assert.True(Outage.IsIn(new PostgresException("could not write init file", "FATAL", "FATAL", PostgresErrorCodes.InternalError)));
        Assert.False(Outage.IsIn(new InvalidOperationException("fault")));
    }
}
