using System.Globalization;

namespace IptCloud.Rounds;

/// <summary>The options of a run: <c>--name value</c>, or <c>--name</c> alone.</summary>
internal sealed class Arguments(Dictionary<string, string> values)
{
    public static Arguments Of(string[] args)
    {
        Dictionary<string, string> values = [];
        for (var i = 0; i < args.Length; i++)
            values[args[i].TrimStart('-')] = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal) ? args[++i] : "";
        return new(values);
    }

    public bool Has(string name) => values.ContainsKey(name);

    public string Text(string name, string otherwise) => values.GetValueOrDefault(name, otherwise);

    public int Number(string name, int otherwise) => values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}

internal static class Usage
{
    public static int Print()
    {
        Console.WriteLine("""
            dotnet run -c Release --project tools/IptCloud.Rounds -- …

              kill    [--rounds 20] [--postgres] [--kill-postgres] [--smtp]   kill -9 in the middle of load, then compare with what was acknowledged
              seats   [--rounds 200] [--together 50] [--postgres]             invitations at once on the last three seats: none sold twice
              seats-kill [--rounds 20] [--postgres]                           kill -9 before Stripe's call and after its answer: nothing charged twice
              appends [--postgres] [--seconds 6]                              appends through grains against EF Core and raw inserts: ratios in one run
              pages   [--courses 60,2000]                                     CPU, size and time of My day, Caseload and Course
              overhead [--of encryption] [--postgres] [--caseload 2000]       CPU of appends and Course pages with a protection and without it: ratios in one run
              telemetry [--rounds 15] [--requests 200]                        CPU of a Course page with telemetry as shipped, with all traced, and without
              chaos FOLDER [--courses 100] [--pause 12] [--only none,kill-silo] [--older APP]   tools/bare-metal's cluster under load from outside, fault after fault; as root
              chaos-embedded FOLDER [--courses 30]                            the embedded profile: its folder full for a minute, and kill -9; as root
              audit   [--rounds 10] [--together 4]                            CPU of a Course page with the audit and without: ratios in one run

            --older names the published program of an earlier version: all processes are replaced by it and back, under load;
            --postgres needs IPTCLOUD_TEST_POSTGRES: a connection string to a server where databases may be created;
            --kill-postgres starts a private server of its own and kills it as well.
            """);
        return 2;
    }
}
