using System.Data.Common;

namespace IptCloud.Data.Storage;

/// <summary>Tells a database that is away from one that objects.</summary>
public static class Outage
{
    /// <summary>The database was restarted, or cannot be reached: the next request may find it there.</summary>
    public static bool IsIn(Exception? failure) => failure is DbException { IsTransient: true } || (failure is not null && IsIn(failure.InnerException));
}
