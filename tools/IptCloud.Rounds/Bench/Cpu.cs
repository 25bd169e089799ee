using System.Diagnostics;

namespace IptCloud.Rounds.Bench;

/// <summary>CPU that was spent: of this process, and with a PostgreSQL on this machine of its processes too, where row-level security is paid for.</summary>
internal static class Cpu
{
    public static TimeSpan Spent(bool withPostgres)
    {
        using var me = Process.GetCurrentProcess();
        var spent = me.TotalProcessorTime;
        if (!withPostgres) return spent;
        foreach (var server in Process.GetProcessesByName("postgres"))
            using (server)
            {
                try
                {
                    spent += server.TotalProcessorTime;
                }
                catch (InvalidOperationException)
                {
                    // It ended between the list and the question; what it had spent belongs to neither side.
                }
            }

        return spent;
    }
}
