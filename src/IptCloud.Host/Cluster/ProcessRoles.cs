namespace IptCloud.Host.Cluster;

/// <summary>What a process does; one may do all of it.</summary>
[Flags]
internal enum ProcessRoles
{
    /// <summary>Nothing: not a valid choice.</summary>
    None = 0,
    /// <summary>Serves pages.</summary>
    Portal = 1,
    /// <summary>Holds courses.</summary>
    Silo = 2,
    /// <summary>Wakes courses and lets messages leave.</summary>
    Worker = 4,
    /// <summary>Everything: the only choice of the embedded profile.</summary>
    All = Portal | Silo | Worker,
}

/// <summary>Roles as they stand on the command line.</summary>
internal static class ProcessRolesText
{
    /// <summary>Reads a list such as <c>portal,worker</c>.</summary>
    /// <exception cref="LaunchException">It names something else, or nothing.</exception>
    public static ProcessRoles Parse(string text)
    {
        var roles = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Aggregate(ProcessRoles.None, (all, word) => all | word switch
        {
            "portal" => ProcessRoles.Portal,
            "silo" => ProcessRoles.Silo,
            "worker" => ProcessRoles.Worker,
            _ => throw new LaunchException($"'{word}' is no role. There are portal, silo and worker."),
        });
        return roles == ProcessRoles.None ? throw new LaunchException("--roles takes portal, silo, worker, or some of them with commas between.") : roles;
    }

    /// <summary>The roles as <see cref="Parse"/> reads them.</summary>
    public static string Text(this ProcessRoles roles) =>
        string.Join(',', new[] { ProcessRoles.Portal, ProcessRoles.Silo, ProcessRoles.Worker }.Where(r => roles.HasFlag(r)).Select(r => r.ToString().ToLowerInvariant()));
}
