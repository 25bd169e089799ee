using IptCloud.Domain.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace IptCloud.Data.Storage;

/// <summary>A row that belongs to one network. A context sees those of its own network, and writes no others.</summary>
public interface INetworkRow
{
    /// <summary>The network.</summary>
    NetworkId NetworkId { get; }
}

/// <summary>The filter that keeps a context to its network.</summary>
public static class NetworkFilter
{
    /// <summary>Its name in the model.</summary>
    public const string Name = "network";

    /// <summary>Lifts the filter, for a role that works across networks. On PostgreSQL its login still sees only what it was granted.</summary>
    public static IQueryable<T> AcrossNetworks<T>(this IQueryable<T> rows) where T : class, INetworkRow
    {
#pragma warning disable RS0030 // the one place where the filter may be lifted
        return rows.IgnoreQueryFilters([Name]);
#pragma warning restore RS0030
    }
}
