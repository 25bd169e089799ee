using IptCloud.Host.Storage;

namespace IptCloud.Host.Verbs;

/// <summary>Does what the command line asks for; what keeps it from that is said in one line.</summary>
internal static class CommandLine
{
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Func<string, string?> environment, TextWriter errors)
    {
        try
        {
            return await DoAsync(Launch.Parse(args, environment));
        }
        catch (Exception e) when ((e is LaunchException ? e.Message : Failure.Explain(e)) is { } reason)
        {
            await errors.WriteLineAsync($"iptcloud: {reason}");
            return 2;
        }
    }

    private static async Task<int> DoAsync(Launch launch) => launch.Verb switch
    {
        Verb.Help => Help.Print(),
        Verb.Migrate => await Migrate.RunAsync(launch),
        Verb.Audit => await AuditVerb.RunAsync(launch),
        Verb.Backup => await BackupVerb.RunAsync(launch),
        Verb.Restore => await RestoreVerb.RunAsync(launch),
        Verb.Access => await Access.PrintAsync(launch),
        Verb.GrantOps or Verb.RevokeOps => await OpsRole.RunAsync(launch),
        Verb.Rebuild => await RebuildVerb.RunAsync(launch),
        Verb.ImportEmbedded => await ImportVerb.RunAsync(launch),
        Verb.Stripe => await StripeVerb.RunAsync(launch),
        Verb.Keys => await KeysVerb.RunAsync(launch),
        _ => await Serve.RunAsync(launch),
    };
}
