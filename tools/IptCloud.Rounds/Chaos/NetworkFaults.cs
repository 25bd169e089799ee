namespace IptCloud.Rounds.Chaos;

/// <summary>Nothing that one silo says reaches another any more; both still reach PostgreSQL, portals and worker.</summary>
internal sealed class NetworkFaults
{
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(60);
    // The ports where silos listen for each other: 10,000 above those of their health. Answers come from them.
    private static readonly string[][] Rules = [.. from port in new[] { "15111", "15112" } from end in new[] { "--dport", "--sport" } select (string[])["INPUT", "-i", "lo", "-p", "tcp", end, port, "-j", "DROP"]];

    public static IEnumerable<Fault> All() => [new("cut", "the network between two silos cut for 60 s", MakeAsync, Fault.Usual)];

    private static Task<Made> MakeAsync()
    {
        foreach (var rule in Rules)
            if (ClusterProcesses.Run("iptables", ["-w", "-I", .. rule]) != 0) throw new InvalidOperationException("iptables could not be told; it needs root and Debian's package iptables.");
        return Task.FromResult(new Made(TimeProvider.System.GetTimestamp(), HealAsync()));
    }

    private static async Task HealAsync()
    {
        try
        {
            await Task.Delay(Cut, TimeProvider.System);
        }
        finally
        {
            foreach (var rule in Rules) ClusterProcesses.Run("iptables", ["-w", "-D", .. rule]);
        }
    }
}
