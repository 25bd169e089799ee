using IptCloud.Host;
using IptCloud.Host.Verbs;

try
{
    var launch = Launch.Parse(args, Environment.GetEnvironmentVariable);
    return launch.Verb switch
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
catch (LaunchException e)
{
    await Console.Error.WriteLineAsync($"iptcloud: {e.Message}");
    return 2;
}
